/** Sets are drawn in two halves, of seeds that lie apart. Nobody tunes on the report half. */
export type Half = 'development' | 'report';

/** The seed that a half's set begins with. The report half moves on once its failures were looked at: 20,000 is spent. */
export const firstSeed: Readonly<Record<Half, number>> = { development: 0, report: 30_000 };

export interface PartOptions {
  /** The seed of the first picture; those of the others follow it. */
  readonly seed: number;
  /** How many pictures; the whole set where left out. */
  readonly count?: number;
  /** Is told what went wrong with single pictures. */
  readonly say: (line: string) => void;
}
