import type { CriticFailure } from '../core/critique.ts';
import type { Round } from '../core/record.ts';
import { constantReward } from '../core/reward.ts';
import type { Draft } from './state.ts';

/**
 * A finished round from a draft. Where the run was cut off between two stages, `why` is said in the round in
 * place of what is missing, so that work already done is kept and never reads as perfect.
 */
export function closeDraft(draft: Draft, why?: string): Round {
  const render = draft.render ?? {
    kind: 'render-failure' as const,
    outcome: 'not-rendered' as const,
    message: `Not rendered: ${why ?? 'the run ended first'}.`,
  };
  const critique = draft.critique ?? (render.kind === 'rendered' && why ? missing(draft, why) : null);
  const honest = render.kind === 'rendered' && render.hacks.length === 0;
  const severitySum = critique?.kind === 'critique' ? critique.severitySum : null;
  return { ...draft, render, critique, reward: constantReward({ rendered: honest, severitySum }) };
}

function missing({ usage }: Draft, reason: string): CriticFailure {
  return { kind: 'critic-failure', critic: 'none', reason, usage: usage.critic };
}
