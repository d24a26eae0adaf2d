import type { CriticResult } from '../../core/critique.ts';
import type { Round } from '../../core/record.ts';
import { noUsage } from '../../core/usage.ts';

/** A round that rendered and was criticised so; undefined fields take plain values. */
export function roundWith(index: number, critique: CriticResult | null, fields: Partial<Round> = {}): Round {
  return {
    index,
    parent: index === 0 ? null : index - 1,
    step: index,
    code: `draft ${index}`,
    reply: '',
    truncated: false,
    exhausted: false,
    confidence: null,
    render: { kind: 'rendered', picture: 'a'.repeat(64), width: 8, height: 8, hacks: [] },
    critique,
    reward: 1,
    usage: { generator: noUsage, critic: critique?.usage ?? noUsage },
    ms: { generate: 1, render: 1, critique: 1 },
    ...fields,
  };
}
