import { isDigit } from '../spelling.ts';

/** A number as it stands in a text. */
export interface WrittenNumber {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Numbers that stand on their own: `7.84`, `1,024`, but not the 2 of `CO2`. A sign does not belong to them. */
export function numbersOf(text: string): WrittenNumber[] {
  const found: WrittenNumber[] = [];
  for (let at = 0; at < text.length; at += 1) {
    if (!isDigit(text[at] ?? '')) continue;
    let end = at + 1;
    while (end < text.length && (isDigit(text[end] ?? '') || isJoint(text, end))) end += 1;
    if (!isLetter(text[at - 1] ?? '') && !isLetter(text[end] ?? '')) {
      found.push({ start: at, end, text: text.slice(at, end) });
    }
    at = end;
  }
  return found;
}

/** A point or comma between two digits. */
function isJoint(text: string, at: number): boolean {
  return (text[at] === '.' || text[at] === ',') && isDigit(text[at + 1] ?? '');
}

export function isLetter(character: string): boolean {
  return character.toLowerCase() !== character.toUpperCase();
}

/** The value, a comma taken for a mark of thousands where three digits follow each, else for the decimal point. */
export function amountOf(text: string): number {
  const parts = text.split(',');
  const thousands = parts.slice(1).every((part) => part.split('.')[0]?.length === 3);
  return Number(thousands ? parts.join('') : parts.join('.'));
}

/** How far a wrong number is off, as a share of the larger of the two. */
export function offBy(right: string, wrong: string): number {
  const [a, b] = [amountOf(right), amountOf(wrong)];
  const most = Math.max(Math.abs(a), Math.abs(b));
  return Number.isFinite(a) && Number.isFinite(b) && most > 0 ? Math.abs(a - b) / most : 1;
}
