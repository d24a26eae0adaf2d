/**
 * What every metric of this folder returns. A metric is a pure function: equal inputs give equal scores, nothing
 * is kept between two calls, and a candidate that is broken scores low instead of throwing.
 */
export interface Score {
  /** The figure that the field publishes, in the unit that the metric's docstring names. */
  readonly value: number;
  /** What the value is made of, by name. */
  readonly parts: Readonly<Record<string, number>>;
  /** One sentence for a person: how the value came about. */
  readonly explanation: string;
}

/** Precision, recall and their harmonic mean from a (possibly fractional) number of agreements. */
export function f1Of(agreed: number, generated: number, golden: number): Score['parts'] & { f1: number } {
  const precision = generated === 0 ? 0 : agreed / generated;
  const recall = golden === 0 ? 0 : agreed / golden;
  const f1 = precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
  return { precision, recall, f1 };
}

/** The arithmetic mean; 0 of nothing. */
export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
