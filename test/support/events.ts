import type { RunEvent } from '../../core/event.ts';
import type { RunRecord } from '../../core/record.ts';

/** The events that a run with this record would have sent, replies in two pieces each. */
export function eventsOf(record: RunRecord): RunEvent[] {
  const { id, input, task, language, strategy, generator, critic } = record;
  return [
    { type: 'run-started', id, input, task, language, strategy, generator, critic },
    ...record.rounds.flatMap(roundEvents),
    { type: 'run-finished', record },
  ];
}

function roundEvents(round: RunRecord['rounds'][number]): RunEvent[] {
  const { index, reply, code, render, critique, usage, ms } = round;
  const half = Math.floor(reply.length / 2);
  return [
    { type: 'round-started', round: index, parent: round.parent, step: round.step },
    { type: 'code-delta', round: index, text: reply.slice(0, half) },
    { type: 'code-delta', round: index, text: reply.slice(half) },
    { type: 'code-generated', round: index, code, usage: usage.generator, ms: ms.generate },
    { type: 'render-finished', round: index, render, ms: ms.render },
    ...(critique ? [{ type: 'critique-finished', round: index, critique, ms: ms.critique } as const] : []),
    { type: 'round-finished', round },
  ];
}
