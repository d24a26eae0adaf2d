import type { CriticResult } from './critique.ts';
import type { Picture } from './picture.ts';
import type { RenderFailure } from './render.ts';
import type { Language, Task } from './task.ts';
import type { Usage } from './usage.ts';

/** What the critic's list comes to, where the strategy withholds the list. */
export interface ScoreOnly {
  readonly kind: 'score';
  readonly severitySum: number;
}

/** A draft and what is told of it. */
export interface EarlierDraft {
  readonly code: string;
  /** What the critic said of it, or why it did not render. */
  readonly feedback: CriticResult | ScoreOnly | RenderFailure;
}

/** What became of the generator's last draft: the ground on which it revises. */
export interface PreviousDraft extends EarlierDraft {
  /** The drafts that led to this one, oldest first; only where the strategy tells the whole history. */
  readonly earlier?: readonly EarlierDraft[];
  /** The draft's render, only where the strategy shows it to the generator (off by default, as in the paper). */
  readonly render?: Picture;
}

/** A model call that failed and will be tried again. */
export interface Retry {
  /** The attempt that failed, 1 is the first. */
  readonly attempt: number;
  /** Milliseconds until the next attempt. */
  readonly wait: number;
  readonly reason: string;
}

export interface GenerateRequest {
  readonly task: Task;
  readonly language: Language;
  /** The reference picture. */
  readonly image: Picture;
  /** Further wishes of the user, appended to the prompt. */
  readonly instructions?: string;
  /** Left out in the first round. */
  readonly previous?: PreviousDraft;
  /** Tells this draft from others that are asked for in the same words: each is a sample of its own. */
  readonly sample?: number;
  readonly signal?: AbortSignal;
  /** Called with each piece of the reply as it streams in. */
  readonly onDelta?: (text: string) => void;
  readonly onRetry?: (retry: Retry) => void;
}

export interface Generated {
  /** The code alone, without fences. Empty when the reply held none. */
  readonly code: string;
  /** The whole text that the generator wrote. */
  readonly reply: string;
  readonly usage: Usage;
  /** The reply was cut off by a length limit. */
  readonly truncated?: boolean;
  /** The generator has nothing better to propose than what it gave before: further rounds are in vain. */
  readonly exhausted?: boolean;
  /** 0 to 1, from evidence; only where the generator measures it. */
  readonly confidence?: number;
}

/**
 * Writes code for a picture.
 * @throws ModelError when the model cannot be had; the signal's reason when aborted.
 */
export interface Generator {
  readonly name: string;
  /** `simulated` is for tests and demonstrations; whatever it makes is labelled so. */
  readonly source: 'model' | 'embedded' | 'simulated';
  generate(request: GenerateRequest): Promise<Generated>;
}
