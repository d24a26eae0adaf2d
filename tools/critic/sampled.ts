import type { Critic } from '../../core/critic.ts';
import type { CriticResult } from '../../core/critique.ts';
import { BudgetReached } from '../../core/errors.ts';
import { mergeCritiques } from './merge.ts';

/**
 * The critic asked several times at once, its answers merged (`mergeCritiques`). One that gives the same answer each
 * time, such as the embedded one, stays as it is.
 *
 * @example
 * const critic = sampledCritic(lvlmCritic({ model, prompts }), 3);
 */
export function sampledCritic(critic: Critic, samples: number): Critic {
  if (samples <= 1 || critic.source === 'embedded') return critic;
  return {
    ...critic,
    async critique(request) {
      const asked = Array.from({ length: samples }, (_, index) =>
        critic.critique({ ...request, sample: (request.sample ?? 0) * samples + index }),
      );
      const settled = await Promise.allSettled(asked);
      const results: CriticResult[] = [];
      const errors: unknown[] = [];
      for (const each of settled) {
        if (each.status === 'fulfilled') results.push(each.value);
        else errors.push(each.reason);
      }
      // What was paid for is not lost with what a budget refused.
      const fatal = errors.find((error) => !(error instanceof BudgetReached));
      if (fatal !== undefined) throw fatal;
      if (results.length === 0) throw errors[0];
      return mergeCritiques(results, samples);
    },
  };
}
