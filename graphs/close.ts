import type { Round } from '../core/record.ts';
import { constantReward } from '../core/reward.ts';
import type { Draft } from './state.ts';

/**
 * A finished round from a draft. Where the run was cut off between two stages, what is missing is said in
 * the round (`why`), so that work already done is kept and never reads as perfect.
 */
export function closeDraft(draft: Draft, why = 'the run ended first'): Round {
  const render = draft.render ?? {
    kind: 'render-failure' as const,
    outcome: 'not-rendered' as const,
    message: `Not rendered: ${why}.`,
  };
  const critique =
    render.kind === 'rendered'
      ? (draft.critique ?? {
          kind: 'critic-failure' as const,
          critic: 'none',
          reason: why,
          usage: draft.usage.critic,
        })
      : null;
  const honest = render.kind === 'rendered' && render.hacks.length === 0;
  const severitySum = critique?.kind === 'critique' ? critique.severitySum : null;
  return { ...draft, render, critique, reward: constantReward({ rendered: honest, severitySum }) };
}
