import { jsonrepair } from 'jsonrepair';
import type { Discrepancy } from '../../../core/discrepancy.ts';
import type { Task } from '../../../core/task.ts';
import { splitThinking } from '../../../models/thinking.ts';
import { discrepancyOf } from './entry.ts';
import { bareErrors, keyedErrors, saysEmpty } from './lists.ts';
import { jsonSpans } from './spans.ts';

export type ParsedCritique =
  | { readonly ok: true; readonly discrepancies: readonly Discrepancy[] }
  | { readonly ok: false; readonly reason: string };

/** Characters of a reply that are looked at; what comes after is repetition. */
const MAX_TEXT = 200_000;
const MAX_DISCREPANCIES = 100;
const MAX_REPAIRS = 8;

/**
 * Reads a critic's reply: past thoughts, fences and prose, with broken or truncated JSON mended as far as its
 * entries are complete. `{"errors": []}` finds nothing; a reply without a list of errors is no critique.
 * Counts in the reply are ignored, since they may disagree with the list.
 */
export function parseCritiqueReply(reply: string, task: Pick<Task, 'categories'>): ParsedCritique {
  const { thought, answer } = splitThinking(reply);
  const items = errorsIn(answer);
  if (items) return listed(items, task.categories);
  // A thought that never ends may hold the critique; an empty list in it is no verdict yet.
  const drafted = errorsIn(thought) ?? [];
  if (drafted.length > 0) return listed(drafted, task.categories);
  if (reply.trim() === '') return { ok: false, reason: 'the reply is empty' };
  return { ok: false, reason: 'the reply holds no list of errors' };
}

function listed(items: readonly unknown[], categories: readonly string[]): ParsedCritique {
  const unique = new Map<string, Discrepancy>();
  for (const item of items) {
    const discrepancy = discrepancyOf(item, categories);
    if (discrepancy) unique.set(JSON.stringify(discrepancy).toLowerCase(), discrepancy);
    if (unique.size >= MAX_DISCREPANCIES) break;
  }
  if (items.length > 0 && unique.size === 0) {
    return { ok: false, reason: 'no entry of the list of errors can be read' };
  }
  return { ok: true, discrepancies: [...unique.values()] };
}

/**
 * The list of errors in a text: the last that is not empty (an empty one may be an echo of the instruction),
 * else an empty one, else what looks like errors outside any list.
 */
function errorsIn(text: string): unknown[] | undefined {
  let repairs = 0;
  const repair = (source: string) => {
    repairs += 1;
    return repairs > MAX_REPAIRS ? undefined : repaired(source);
  };
  const lists: unknown[][] = [];
  const bare: unknown[] = [];
  for (const { text: source, complete } of jsonSpans(text.slice(0, MAX_TEXT))) {
    const strict = parsed(source);
    const value = strict ?? repair(source);
    const errors = keyedErrors(value);
    if (!errors) bare.push(...bareErrors(value));
    else if (errors.length > 0 || (complete && strict !== undefined) || saysEmpty(source)) lists.push(errors);
  }
  const last = lists.findLast((list) => list.length > 0) ?? lists.at(-1);
  if (last) return last;
  return bare.length > 0 ? bare : unquotedErrors(text);
}

/** Quotation marks inside a string that are not escaped hide where brackets close: mended from end to end. */
function unquotedErrors(text: string): unknown[] | undefined {
  const source = text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1);
  const errors = source.length > MAX_TEXT ? undefined : keyedErrors(repaired(source));
  return errors && errors.length > 0 ? errors : undefined;
}

function parsed(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    return undefined;
  }
}

function repaired(source: string): unknown {
  try {
    return JSON.parse(jsonrepair(source));
  } catch {
    return undefined;
  }
}
