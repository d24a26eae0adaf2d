import type { Refined } from './refined.ts';

/** Below this confidence a reading says of itself that it is partial. */
export const TRUSTED = 0.5;

/** One picture of a set and what came of it. */
export interface Row {
  readonly group: string;
  /** Read with confidence: not abstained. */
  readonly read: boolean;
  /** Everything that is asked of the reading is right. */
  readonly right: boolean;
  /** Figures of its own, by name; parts of a whole as [right, all]. */
  readonly scores: Readonly<Record<string, number>>;
  readonly counts: Readonly<Record<string, readonly [right: number, all: number]>>;
  readonly rounds: Refined<unknown>['rounds'];
  readonly first: number;
  readonly all: number;
}

/** A picture that was not read. */
export function unread(group: string, all: number): Row {
  return { group, read: false, right: false, scores: {}, counts: {}, rounds: [], first: all, all };
}
