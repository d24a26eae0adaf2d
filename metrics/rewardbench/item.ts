import * as z from 'zod';
import { tasks } from '../../core/tasks/index.ts';

/** An error as a person or a critic listed it: table critics write `type`, the others `category`. */
export const ListedError = z.looseObject({
  type: z.string().nullish(),
  category: z.string().nullish(),
  severity: z.unknown(),
  description: z.unknown(),
});
export type ListedError = z.infer<typeof ListedError>;

/** What is scored of one item of VC-RewardBench: the labels, and a critic's prediction. */
export interface RewardBenchItem {
  readonly id: string;
  readonly idx?: number | string | undefined;
  /** chart, table or svg. */
  readonly category: string;
  readonly human_errors: readonly ListedError[];
  /** Null or left out: no predictions. */
  readonly pred_json?: { readonly errors?: readonly ListedError[] | null | undefined } | null | undefined;
}

/** The types of error that count in a category; undefined for a category that the benchmark does not know. */
export function allowedTypes(category: string): readonly string[] | undefined {
  return tasks.find(({ name }) => name === category)?.categories;
}

/** The error's type: `type` where there is one, else `category`. */
export function typeOf({ type, category }: ListedError): string | undefined {
  return type || category || undefined;
}

/** The errors that count, on both sides: those of other types are dropped before anything else. */
export function countedErrors(item: RewardBenchItem): { predicted: ListedError[]; golden: ListedError[] } {
  const allowed = new Set(allowedTypes(item.category));
  const counts = (type: string | null | undefined) =>
    type !== undefined && type !== null && allowed.has(type);
  return {
    predicted: (item.pred_json?.errors ?? []).filter((error) => counts(typeOf(error))),
    // Labels are read by `type` alone, as the official script does.
    golden: item.human_errors.filter(({ type }) => counts(type)),
  };
}

/** A severity as a number; 0 when it is none. */
export function severityOf({ severity }: ListedError): number {
  const value = typeof severity === 'string' ? Number(severity) : severity;
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}
