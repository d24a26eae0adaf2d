import * as z from 'zod';
import { Discrepancy, type Severity } from '../../core/discrepancy.ts';

/** Puts `text` in the place of code[start, end), in UTF-16 units of the clean code. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** One way in which one place of the code can be got wrong. */
export interface Change {
  readonly severity: Severity;
  readonly location: string;
  readonly description: string;
  readonly box?: Discrepancy['box'];
  readonly edits: readonly Edit[];
  /** What the change is about, e.g. `cell 3 2`: no other change of the same code may be about it too. */
  readonly touches: readonly string[];
}

/** What a damage operator does, for people. */
export interface OperatorInfo {
  readonly name: string;
  readonly category: string;
  /** The rule by which its severity is set. */
  readonly severity: string;
  /** What is done to the code. */
  readonly does: string;
}

/** A change and the operator that proposes it. */
export interface Proposal extends Change {
  readonly operator: OperatorInfo;
}

/** A damage operator over a parsed source: its changes in random order, made as they are asked for. */
export interface Operator<Source> extends OperatorInfo {
  propose(source: Source, random: () => number): Iterable<Change>;
}

export const CorruptOptions = z.strictObject({
  task: z.string().describe('chart, table or svg'),
  language: z.string().optional().describe("language of the code; the task's first when left out"),
  seed: z.int().describe('the same seed gives the same damage'),
  count: z.int().min(1).max(64).default(1).describe('damages wanted; code with fewer places gets fewer'),
  operators: z
    .array(z.string())
    .optional()
    .describe('names of the operators to draw from; all when left out'),
  check: z
    .boolean()
    .default(true)
    .describe('render, and keep no damage that cannot be seen; without, boxes are mostly missing'),
});
export type CorruptOptions = z.input<typeof CorruptOptions>;

/** Code got wrong on purpose, and exactly what is wrong with it. */
export const Damaged = z.object({
  code: z.string(),
  discrepancies: z.array(Discrepancy).describe('one a damage, in the order in which they were drawn'),
  operators: z.array(z.string()).describe('name of the operator of each discrepancy'),
});
export type Damaged = z.infer<typeof Damaged> & {
  /** The code with these of the damages alone (indices into `discrepancies`): a draft that was mended in part. */
  readonly with: (kept: readonly number[]) => string;
};
