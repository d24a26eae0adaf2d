import { z } from 'zod';
import type { Box, Discrepancy, Severity } from '../../../core/discrepancy.ts';

const MAX_NAME = 60;
const MAX_LOCATION = 500;
const MAX_DESCRIPTION = 2000;

const severityWords: readonly (readonly [RegExp, Severity])[] = [
  [/minor|low|small|slight|trivial|cosmetic|negligible/, 1],
  [/sever|high|critical|major|serious|fatal/, 3],
  [/medium|moderate/, 2],
];

const Entry = z.record(z.string(), z.unknown());

/**
 * One error of a reply as a Discrepancy; undefined when it says nothing. Lenient where the meaning is plain:
 * other names of fields, severities as words or out of range, categories written otherwise. A category that
 * the task does not know is kept; a severity that cannot be read counts as 2.
 */
export function discrepancyOf(item: unknown, categories: readonly string[]): Discrepancy | undefined {
  if (typeof item === 'string') return discrepancyOf({ description: item }, categories);
  const parsed = Entry.safeParse(item);
  if (!parsed.success) return undefined;
  const fields = Object.fromEntries(
    Object.entries(parsed.data).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const pick = (...names: readonly string[]) =>
    names.map((name) => fields[name]).find((value) => value !== undefined && value !== null);
  const category = textOf(pick('category', 'type', 'error_type', 'error_category', 'kind'), MAX_NAME);
  const description = textOf(
    pick('description', 'desc', 'details', 'detail', 'explanation', 'message', 'difference', 'error'),
    MAX_DESCRIPTION,
  );
  const location = textOf(pick('location', 'position', 'where', 'area', 'region', 'cell'), MAX_LOCATION);
  // The dots of the prompt's own example, copied.
  if (/^[.…\s]*$/.test(description) && (category === '' || description !== '')) return undefined;
  const box = boxOf(pick('box'), 1) ?? boxOf(pick('bbox', 'bbox_2d'), 1000);
  return {
    category: categoryOf(category, categories),
    severity: severityOf(pick('severity', 'level', 'severity_level')),
    location,
    description,
    ...(box && { box }),
  };
}

function textOf(value: unknown, length: number): string {
  if (value === undefined) return '';
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.slice(0, length).trim();
}

/** `Structure Error`, `structure` and `structure_errors` are all `structure_error`. */
function categoryOf(text: string, categories: readonly string[]): string {
  const name = text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_|_$/g, '');
  const forms = [name, name.replace(/s$/, ''), `${name}_error`];
  return categories.find((category) => forms.includes(category)) ?? (name || 'other_error');
}

function severityOf(value: unknown): Severity {
  const text = String(value ?? '').toLowerCase();
  const number =
    typeof value === 'number' ? value : Number.parseFloat(/-?\d+(?:\.\d+)?/.exec(text)?.[0] ?? '');
  if (number >= 2.5) return 3;
  if (number < 1.5) return 1;
  if (number >= 1.5) return 2;
  return severityWords.find(([words]) => words.test(text))?.[1] ?? 2;
}

/**
 * `box` is [x, y, width, height] as fractions, as ours; a `bbox_2d` is [left, top, right, bottom] in
 * thousandths, as Qwen3-VL grounds. Anything else is left out rather than guessed at.
 */
function boxOf(value: unknown, scale: 1 | 1000): Box | undefined {
  const parsed = z.tuple([z.number(), z.number(), z.number(), z.number()]).safeParse(value);
  if (!parsed.success) return undefined;
  const [x, y, third, fourth] = parsed.data.map((side) => side / scale);
  if (x === undefined || y === undefined || third === undefined || fourth === undefined) return undefined;
  const [width, height] = scale === 1 ? [third, fourth] : [third - x, fourth - y];
  const inside = x >= 0 && y >= 0 && width > 0 && height > 0 && x + width <= 1.001 && y + height <= 1.001;
  return inside ? [x, y, Math.min(width, 1 - x), Math.min(height, 1 - y)] : undefined;
}
