import type { RenderFailure } from '../../core/render.ts';
import type { Score } from '../../metrics/score.ts';
import { inOrder } from '../../runtime/in-order.ts';
import type { Verisim } from '../../runtime/verisim.ts';
import { scoreFile } from './file.ts';
import type { PairMetric, ScoreTools } from './metric.ts';
import type { FilePair } from './pairs.ts';

/** What became of one pair. A failure of the candidate counts as the metric's worst value and says so. */
export interface PairResult extends Score {
  readonly name: string;
  readonly metric: string;
  readonly candidate: string | null;
  readonly reference: string;
  readonly failed: boolean;
}

/**
 * Scores pairs, several at a time, in their order.
 * @throws ConfigError, DatasetError or RenderError for what is no fault of a candidate; the signal's reason when
 *   aborted.
 */
export async function* scorePairs(
  pairs: readonly FilePair[],
  metric: PairMetric,
  { verisim, tools, concurrency }: { verisim: Verisim; tools: ScoreTools; concurrency: number },
): AsyncGenerator<PairResult> {
  const { signal } = tools;
  yield* inOrder(pairs, { concurrency, ahead: 2 * concurrency }, async (pair) => {
    signal?.throwIfAborted();
    const { name, candidate, reference } = pair;
    const result =
      candidate === undefined
        ? undefined
        : await metric.score(
            scoreFile(candidate, verisim, signal),
            scoreFile(reference, verisim, signal),
            tools,
          );
    return {
      name,
      metric: metric.name,
      candidate: candidate ?? null,
      reference,
      ...(result && !isFailure(result)
        ? { failed: false, ...result }
        : { failed: true, ...worstOf(metric, result) }),
    };
  });
}

function worstOf({ worst = 0 }: PairMetric, failure: RenderFailure | undefined): Score {
  const why = failure ? `It fails (${failure.outcome}: ${failure.message})` : 'There is no candidate';
  return { value: worst, parts: {}, explanation: `${why}, which counts as ${worst}.` };
}

function isFailure(result: Score | RenderFailure): result is RenderFailure {
  return 'kind' in result;
}
