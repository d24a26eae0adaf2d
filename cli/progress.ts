import type { CriticResult } from '../core/critique.ts';
import type { RunEvent } from '../core/event.ts';
import type { RenderRecord, RunRecord } from '../core/record.ts';
import { severityOf } from '../core/stop.ts';
import type { Io } from './io.ts';
import { styles } from './style.ts';

/**
 * Says what happens in a run, a line a finished round, with a status line in between on a terminal.
 * @param name put before each line when several pictures are at work
 */
export function progress(io: Io, name?: string): (event: RunEvent) => void {
  const { dim, bold } = styles(io.colours);
  const lead = name ? `${name}  ` : '';
  let received = 0;
  return (event) => {
    switch (event.type) {
      case 'run-started': {
        const { input, task, language, generator, critic } = event;
        const label = ({ name, source }: { name: string; source: string }) =>
          source === 'simulated' ? `${name} (simulated)` : name;
        io.say(
          `${bold(`${input.name}`)}  ${input.width} x ${input.height}  ${dim(`${task} as ${language}, by ${label(generator)}, criticised by ${label(critic)}`)}`,
        );
        break;
      }
      case 'round-started':
        received = 0;
        io.status(`${lead}  round ${event.round + 1}  writing`);
        break;
      case 'code-delta':
        received += event.text.length;
        io.status(`${lead}  round ${event.round + 1}  writing, ${received} characters`);
        break;
      case 'code-generated':
        io.status(`${lead}  round ${event.round + 1}  rendering`);
        break;
      case 'render-finished':
        io.status(`${lead}  round ${event.round + 1}  comparing`);
        break;
      case 'call-retried':
        io.say(
          `${lead}  ${dim(`${event.role}: ${event.reason}; next try in ${(event.wait / 1000).toFixed(1)} s`)}`,
        );
        break;
      case 'round-finished': {
        const { index, render, critique, ms } = event.round;
        const seconds = ((ms.generate + ms.render + ms.critique) / 1000).toFixed(1);
        io.say(`${lead}  round ${index + 1}  ${outcome(render, critique)}  ${dim(`${seconds} s`)}`);
        break;
      }
      case 'run-finished':
        io.say(`${lead}  ${summary(event.record, bold)}`);
        break;
    }
  };
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

function summary(record: RunRecord, bold: (text: string) => string): string {
  const { best, rounds, stopReason, message, totals } = record;
  const round = best === null ? undefined : rounds[best];
  const severity = round && severityOf(round);
  const result = round
    ? `best: round ${round.index + 1}, ${severity === undefined ? 'unscored' : `severity ${severity}`}`
    : 'no renderable result';
  const tokens = totals.usage.inputTokens + totals.usage.outputTokens;
  const spent = tokens > 0 ? `, ${tokens} tokens` : '';
  const cost = totals.usage.cost > 0 ? `, $${totals.usage.cost.toFixed(4)}` : '';
  return `${bold(stopReason)}  ${message}\n  ${result}  (${(totals.milliseconds / 1000).toFixed(1)} s${spent}${cost})`;
}
