import { overlap, type Ruling } from './rulings.ts';

/** Rulings at one place across, taken together: where a table is cut. */
export interface Cut {
  /** Middle across, in pixels. */
  readonly at: number;
  /** Where it runs along, in order; stretches that touch are one. */
  readonly stretches: readonly Stretch[];
}

export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Takes rulings of one axis that lie at most `reach` pixels apart across together. */
export function cutsOf(rulings: readonly Ruling[], reach: number): Cut[] {
  const sorted = [...rulings].sort((a, b) => a.at + a.end - b.at - b.end);
  const groups: Ruling[][] = [];
  for (const ruling of sorted) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    if (group && last && (ruling.at + ruling.end - last.at - last.end) / 2 <= reach) group.push(ruling);
    else groups.push([ruling]);
  }
  return groups.map((group) => {
    const length = group.reduce((sum, { from, to }) => sum + to - from, 0);
    const at = group.reduce((sum, { at, end, from, to }) => sum + ((at + end) / 2) * (to - from), 0) / length;
    return { at, stretches: joined(group) };
  });
}

/** Share of a span that a cut runs along, 0 to 1. */
export function coverage({ stretches }: Cut, span: Stretch): number {
  const length = Math.max(1e-6, span.to - span.from);
  return stretches.reduce((sum, stretch) => sum + Math.max(0, overlap(stretch, span)), 0) / length;
}

/** Pixels that one line may be broken for. */
const BREAK = 6;

function joined(rulings: readonly Ruling[]): Stretch[] {
  const stretches: { from: number; to: number }[] = [];
  for (const { from, to } of [...rulings].sort((a, b) => a.from - b.from)) {
    const last = stretches.at(-1);
    if (last && from <= last.to + BREAK) last.to = Math.max(last.to, to);
    else stretches.push({ from, to });
  }
  return stretches;
}
