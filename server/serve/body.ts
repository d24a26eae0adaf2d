import type { Context } from 'hono';
import * as z from 'zod';
import { type Refusal, Refused } from './refused.ts';

const MAX_DEPTH = 32;
/** Arrays, objects and members of one body: far beyond any request, far below what would fill the memory. */
const MAX_PARTS = 200_000;

/**
 * The JSON body of a request, by its schema.
 * @throws Refused 415, 400 or 413, naming the field.
 */
export async function readJson<S extends z.ZodType>(context: Context, schema: S): Promise<z.output<S>> {
  requireType(context, 'application/json');
  return parseJson(await context.req.text(), schema);
}

export function requireType(context: Context, ...types: readonly string[]): string {
  const encoding = context.req.header('content-encoding') ?? 'identity';
  if (encoding !== 'identity') {
    // A body could be a thousand times larger than what was sent of it.
    throw new Refused({
      status: 415,
      message: 'A body with a content-encoding is not taken. Send it as it is.',
      code: 'unsupported_media_type',
    });
  }
  const type = context.req.header('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (types.includes(type)) return type;
  throw new Refused({
    status: 415,
    message: `The body must be ${types.join(' or ')}; the content-type says "${type.slice(0, 100)}".`,
    code: 'unsupported_media_type',
  });
}

export function parseJson<S extends z.ZodType>(text: string, schema: S): z.output<S> {
  checkShape(text);
  return parseValue(jsonOf(text), schema);
}

/** @throws Refused (400) naming the field. */
export function parseValue<S extends z.ZodType>(value: unknown, schema: S): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Refused(wrongRequest(parsed.error, 'request'));
}

export function wrongRequest(error: z.ZodError, what: string): Refusal {
  const issues = error.issues.flatMap(meant);
  const [issue] = issues;
  return {
    status: 400,
    message: `The ${what} is wrong. ${z.prettifyError({ issues }).slice(0, 2000)}`,
    code: 'invalid_request',
    ...(issue && { param: fieldOf(issue) }),
  };
}

/** Of the kinds that a value may have, the one that it comes nearest to: where what is wrong lies deepest. */
function meant(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const kinds = issue.errors.map((errors) =>
    errors.flatMap(meant).map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] })),
  );
  const [nearest = []] = kinds.toSorted((a, b) => depthOf(b) - depthOf(a));
  return depthOf(nearest) > issue.path.length ? nearest : [issue];
}

function depthOf(issues: readonly z.core.$ZodIssue[]): number {
  return Math.max(0, ...issues.map(({ path }) => path.length));
}

function fieldOf(issue: z.core.$ZodIssue): string {
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  return z.core.toDotPath([...issue.path, ...unknown]);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Refused({ status: 400, message: 'The body is no JSON.', code: 'invalid_json' }, cause);
  }
}

/** Looks at brackets and commas before anything is built of them: a few MB of those would be GB of objects. */
function checkShape(text: string): void {
  let depth = 0;
  let parts = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"') at = endOfString(text, at);
    else if (character === '[' || character === '{') depth += 1;
    else if (character === ']' || character === '}') depth -= 1;
    else if (character !== ',') continue;
    parts += character === '"' ? 0 : 1;
    if (depth > MAX_DEPTH || parts > MAX_PARTS) {
      throw new Refused({
        status: 400,
        message: `The body nests deeper than ${MAX_DEPTH} levels or has more than ${MAX_PARTS} parts.`,
        code: 'too_complex',
      });
    }
  }
}

/** Index of the quote that ends the string; the text's end when none does. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text[end - 1 - slashes] === '\\') slashes += 1;
    if (slashes % 2 === 0) return end;
  }
  return text.length;
}
