import { z } from 'zod';

const JsonObject = z.record(z.string(), z.unknown());
const listNames = ['errors', 'error_list', 'discrepancies', 'differences', 'issues'];
const MAX_DEPTH = 4;

/**
 * The lists of errors in a parsed reply: under `errors` or a synonym, however wrapped; an object of lists by
 * category counts as one list. Undefined where there is none.
 */
export function keyedErrors(value: unknown): unknown[] | undefined {
  const lists = keyedLists(value, 0);
  return lists.length > 0 ? lists.flat() : undefined;
}

function keyedLists(value: unknown, depth: number): unknown[][] {
  if (depth > MAX_DEPTH) return [];
  if (Array.isArray(value)) return value.flatMap((item) => keyedLists(item, depth + 1));
  const object = JsonObject.safeParse(value);
  if (!object.success) return [];
  const entries = Object.entries(object.data);
  const found = entries.find(([key]) => listNames.includes(key.toLowerCase().replaceAll(' ', '_')));
  if (!found) return entries.flatMap(([, inner]) => keyedLists(inner, depth + 1));
  const [, list] = found;
  if (Array.isArray(list)) return [list];
  const byCategory = JsonObject.safeParse(list);
  return byCategory.success ? categoryLists(byCategory.data) : [];
}

function categoryLists(lists: Readonly<Record<string, unknown>>): unknown[][] {
  return Object.entries(lists).flatMap(([category, list]) => {
    if (!Array.isArray(list)) return [];
    return [
      list.map((item: unknown) =>
        typeof item === 'string' ? { category, description: item } : { category, ...Object(item) },
      ),
    ];
  });
}

/** Errors that stand in no `errors` list: a bare array of them, or one object. */
export function bareErrors(value: unknown): unknown[] {
  return [value].flat().filter((item) => {
    const object = JsonObject.safeParse(item);
    return object.success && 'severity' in object.data;
  });
}

/**
 * The text spells out an empty list of errors. Only that means "nothing differs" in JSON that had to be mended:
 * mending `"errors": [...]` or a torn list gives an empty one too.
 */
export function saysEmpty(text: string): boolean {
  return new RegExp(`(?:${listNames.join('|')})["']?\\s*[:=]\\s*\\[\\s*\\]`, 'i').test(text);
}
