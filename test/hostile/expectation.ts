import type { RenderFailure } from '../../core/render.ts';

/** A document and what must become of it. Where several outcomes are named, the machine's speed decides. */
export interface Hostile {
  readonly name: string;
  readonly code: string;
  readonly outcome: Outcome | readonly Outcome[];
  /** Not asked at the innocent job's size but at its own. */
  readonly ownSize?: true;
}

export type Outcome = 'rendered' | RenderFailure['outcome'];
