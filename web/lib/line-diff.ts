import { diffLines, diffWordsWithSpace } from 'diff';

/** [from, to) in characters of a line. */
export type Range = readonly [number, number];

export type DiffRow =
  | {
      readonly kind: 'same' | 'added' | 'removed';
      /** Line numbers from 1, in the older and the newer code; null where the line is not in it. */
      readonly older: number | null;
      readonly newer: number | null;
      /** What changed within the line, where it stands for a line of the other side. */
      readonly marks: readonly Range[];
    }
  | { readonly kind: 'gap'; readonly hidden: number };

type LineRow = Exclude<DiffRow, { kind: 'gap' }>;

const CONTEXT = 3;
/** Milliseconds: the page stays responsive whatever a model wrote. */
const PATIENCE = 300;
const PATIENCE_WORDS = 30;
const MAX_MARKED_LINE = 40_000;

/** Rows of a unified diff, unchanged stretches folded; null when the two are too unlike to compare in time. */
export function lineDiff(older: string, newer: string): DiffRow[] | null {
  const changes = diffLines(older, newer, { timeout: PATIENCE });
  if (!changes) return null;
  const rows: LineRow[] = [];
  const next = { older: 1, newer: 1 };
  for (const [index, change] of changes.entries()) {
    const lines = textLines(change.value);
    const other = change.added ? changes[index - 1] : change.removed ? changes[index + 1] : undefined;
    const others =
      other && other.added !== change.added && (other.added || other.removed) ? textLines(other.value) : [];
    for (const [offset, text] of lines.entries()) {
      const pair = others.length === lines.length ? others[offset] : undefined;
      rows.push({
        kind: change.added ? 'added' : change.removed ? 'removed' : 'same',
        older: change.added ? null : next.older++,
        newer: change.removed ? null : next.newer++,
        marks: pair === undefined ? [] : marksOf(text, pair),
      });
    }
  }
  return fold(rows);
}

function textLines(text: string): string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

function marksOf(text: string, other: string): Range[] {
  if (text.length + other.length > MAX_MARKED_LINE) return [];
  const changes = diffWordsWithSpace(other, text, { timeout: PATIENCE_WORDS });
  const marks: Range[] = [];
  let at = 0;
  for (const { value, added, removed } of changes ?? []) {
    if (removed) continue;
    if (added) marks.push([at, at + value.length]);
    at += value.length;
  }
  // A line that has nothing in common with its partner is new, not changed.
  const marked = marks.reduce((sum, [from, to]) => sum + to - from, 0);
  return marked > text.length * 0.8 ? [] : marks;
}

function fold(rows: readonly LineRow[]): DiffRow[] {
  const near = new Set<number>();
  for (const [index, { kind }] of rows.entries()) {
    if (kind === 'same') continue;
    for (let at = index - CONTEXT; at <= index + CONTEXT; at += 1) near.add(at);
  }
  const folded: DiffRow[] = [];
  for (const [index, row] of rows.entries()) {
    const last = folded.at(-1);
    if (near.has(index)) folded.push(row);
    else if (last?.kind === 'gap') folded[folded.length - 1] = { kind: 'gap', hidden: last.hidden + 1 };
    else folded.push({ kind: 'gap', hidden: 1 });
  }
  return folded;
}
