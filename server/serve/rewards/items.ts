import * as z from 'zod';
import { parseValue, readJson, wrongRequest } from '../body.ts';
import type { ServiceContext } from '../environment.ts';
import { type Calling, type CallParts, inTurn } from './calls.ts';
import { type Fault, faultOf, isFault, refusedFor } from './fault.ts';
import type { CallKind } from './observe.ts';

/** Items of one request. */
const MAX_ITEMS = 1024;
const Items = z.object({ items: z.array(z.unknown()).max(MAX_ITEMS) });
const Named = z.object({ critic: z.string().optional() });

interface Kind<Common extends z.ZodObject, Item extends z.ZodObject, Result> {
  readonly what: CallKind;
  /** Fields that hold for all items; a single one has them beside its own. */
  readonly common: Common;
  readonly item: Item;
  /** What became of an item, in a word. */
  readonly outcome: (result: Result) => string;
}

/** The body of a request that brings one item, or several under `items`, for /openapi.json. */
export function itemsBody({
  common,
  item,
}: Pick<Kind<z.ZodObject, z.ZodObject, never>, 'common' | 'item'>): z.ZodType {
  return z.union([common.extend({ items: z.array(item).max(MAX_ITEMS) }), common.extend(item.shape)]);
}

export interface Answered<Common, Result> {
  readonly common: Common;
  /** In the order of the items. */
  readonly results: readonly (Result | Fault)[];
  /** Whether the request brought a list. */
  readonly many: boolean;
}

/**
 * Reads a request and answers each of its items by itself: one that is wrong or fails leaves the others alone.
 * @throws Refused when the request itself is wrong, or its only item is
 */
export async function answerItems<
  Common extends z.ZodObject,
  Item extends z.ZodObject,
  Result extends object,
>(
  context: ServiceContext,
  parts: CallParts,
  { what, common, item, outcome }: Kind<Common, Item, Result>,
  work: (item: z.output<Item>, common: z.output<Common>, calling: Calling) => Promise<Result>,
): Promise<Answered<z.output<Common>, Result>> {
  const body = await readJson(context, z.looseObject({}));
  const many = 'items' in body;
  const shared = parseValue(body, common);
  const { critic } = Named.parse(shared);
  if (critic !== undefined) parts.catalogue.check({ critic });
  const given = many ? parseValue(body, Items).items : [body];
  const results = await inTurn(context, parts, given, async (each, calling): Promise<Result | Fault> => {
    const parsed = item.safeParse(each);
    if (!parsed.success) return faultOf(wrongRequest(parsed.error, 'item'));
    return work(parsed.data, shared, calling);
  });
  parts.observe(context, what, results, outcome);
  const [first] = results;
  if (!many && isFault(first)) throw refusedFor(first);
  return { common: shared, results, many };
}
