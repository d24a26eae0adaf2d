import type { CriticResult } from '../core/critique.ts';
import type { RunEvent } from '../core/event.ts';
import type { ModelRecord, RenderRecord, RunRecord } from '../core/record.ts';
import { severityOf } from '../core/stop.ts';
import type { Io } from './io.ts';
import { styles } from './style.ts';

/** Says what happens in the run of one picture: a line a finished round, a status line in between. */
export function progress(io: Io): (event: RunEvent) => void {
  const { dim, bold } = styles(io.colours);
  let received = 0;
  return (event) => {
    switch (event.type) {
      case 'run-started': {
        const { input, task, language, generator, critic } = event;
        io.say(`${bold(input.name)}  ${dim(`${input.width} x ${input.height}, ${task} to ${language}`)}`);
        io.say(`  ${dim(`generator ${label(generator)}`)}`);
        if (critic) io.say(`  ${dim(`critic ${label(critic)}`)}`);
        break;
      }
      case 'round-started':
        received = 0;
        io.status(`  round ${event.round}  writing`);
        break;
      case 'code-delta':
        received += event.text.length;
        io.status(`  round ${event.round}  writing, ${received} characters`);
        break;
      case 'code-generated':
        io.status(`  round ${event.round}  rendering`);
        break;
      case 'render-finished':
        io.status(`  round ${event.round}  comparing`);
        break;
      case 'call-retried':
        io.say(`  ${dim(retryOf(event))}`);
        break;
      case 'round-finished': {
        const { index, render, critique, ms } = event.round;
        const seconds = ((ms.generate + ms.render + ms.critique) / 1000).toFixed(1);
        io.say(`  round ${index}  ${outcome(render, critique)}  ${dim(`${seconds} s`)}`);
        break;
      }
      case 'run-finished':
        // Without a round the error is all there is, and the command says it.
        if (event.record.error && event.record.rounds.length === 0) break;
        io.say(`  ${bold(event.record.stopReason)}  ${event.record.message}`);
        io.say(`  ${resultOf(event.record)}  ${dim(spentOf(event.record))}`);
        break;
    }
  };
}

/** Below this a reading by image analysis is likely to be wrong somewhere. */
const DOUBTFUL = 0.5;

/** How a model is called where a person reads it: a simulated one is never without that word. */
export function label({ name, source }: ModelRecord): string {
  return source === 'simulated' ? `${name} (simulated)` : name;
}

export function retryOf({ role, reason, wait }: Extract<RunEvent, { type: 'call-retried' }>): string {
  return `${role}: ${reason}; next try in ${(wait / 1000).toFixed(1)} s`;
}

function outcome(render: RenderRecord, critique: CriticResult | null): string {
  if (render.kind === 'render-failure') {
    const line = render.line === undefined ? '' : ` (line ${render.line})`;
    return `did not render: ${render.outcome}${line}: ${render.message}`;
  }
  const hacks = render.hacks.map(({ message }) => `; refused: ${message}`).join('');
  if (critique?.kind === 'critique') {
    const count = critique.discrepancies.length;
    return `severity ${critique.severitySum} (${count} difference${count === 1 ? '' : 's'})${hacks}`;
  }
  return `rendered, unscored${critique ? ` (${critique.reason})` : ''}${hacks}`;
}

export function resultOf({ best, rounds }: RunRecord): string {
  const round = best === null ? undefined : rounds[best];
  if (!round) return 'no renderable result';
  const severity = severityOf(round);
  const result = severity === undefined ? 'unscored' : `severity ${severity}`;
  const doubt =
    round.confidence !== null && round.confidence < DOUBTFUL
      ? `, low confidence (${round.confidence}): check it by eye`
      : '';
  const others = rounds.length > 1 ? ` of ${rounds.length} rounds` : '';
  return `best: round ${round.index}${others}, ${result}${doubt}`;
}

export function spentOf({ totals: { usage, milliseconds } }: RunRecord): string {
  const tokens = usage.inputTokens + usage.outputTokens;
  return [
    `${(milliseconds / 1000).toFixed(1)} s`,
    ...(tokens > 0 ? [`${tokens} tokens`] : []),
    ...(usage.cost > 0 ? [`$${usage.cost.toFixed(4)}`] : []),
  ].join(', ');
}
