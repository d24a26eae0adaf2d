import type { CriticResult } from './critique.ts';
import type { Retry } from './generator.ts';
import type { Picture } from './picture.ts';
import type { Task } from './task.ts';

export interface CriticRequest {
  readonly task: Task;
  readonly reference: Picture;
  readonly candidate: Picture;
  /** Tells this critique from others of the same two pictures: each is a sample of its own. */
  readonly sample?: number;
  readonly signal?: AbortSignal;
  readonly onRetry?: (retry: Retry) => void;
}

/**
 * Lists the differences between a reference picture and a candidate's render.
 * An unusable answer is returned as a CriticFailure.
 * @throws ModelError when its model cannot be had; the signal's reason when aborted.
 */
export interface Critic {
  readonly name: string;
  readonly source: 'model' | 'embedded' | 'simulated';
  critique(request: CriticRequest): Promise<CriticResult>;
}
