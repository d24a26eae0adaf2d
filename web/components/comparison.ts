import type { Finding } from '../lib/score.ts';
import type { Pointing } from './boxes.tsx';

/** A picture with its size in pixels. */
export interface Shown {
  readonly url: string | undefined;
  readonly name: string;
  readonly width: number;
  readonly height: number;
}

/** What each of the views draws: the reference, one round's render, and the boxes over them. */
export interface Comparison {
  readonly reference: Shown;
  readonly render: Shown;
  /** Those to draw boxes for; empty when boxes are off. */
  readonly findings: readonly Finding[];
  readonly pointing: Pointing;
}
