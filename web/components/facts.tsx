import type { ComponentChildren } from 'preact';
import type { LiveRound, LiveRun } from '../../core/live.ts';
import { compact, count, dollars, duration, plural } from '../lib/format.ts';
import { scoreOf, scoreWords } from '../lib/score.ts';

/** The run in five figures. */
export function Facts({ run }: { run: LiveRun }) {
  const { usage, milliseconds } = run.totals;
  const first = run.rounds[0];
  const best = run.rounds.find(({ index }) => index === run.best);
  const open = run.stopReason === null;
  return (
    <dl class="facts">
      <Fact name="Severity" note={best || !open ? severityNote(first, best) : 'not yet known'}>
        {first && best && first !== best && (
          <>
            <span class="from">{figure(scoreOf(first))}</span>
            <span class="arrow" role="img" aria-label="to">
              →
            </span>
          </>
        )}
        {best ? figure(scoreOf(best)) : '–'}
      </Fact>
      <Fact
        name="Best"
        note={
          best
            ? `of ${plural(run.rounds.length, 'round')}, counted from 0`
            : open
              ? 'nothing rendered yet'
              : 'nothing rendered'
        }
      >
        {best ? `Round ${best.index}` : open ? '–' : 'None'}
      </Fact>
      <Fact name="Tokens" note={`${count(usage.inputTokens)} in, ${count(usage.outputTokens)} out`}>
        {compact(usage.inputTokens + usage.outputTokens)}
      </Fact>
      <Fact name="Cost" note={usage.cost > 0 ? plural(usage.calls, 'call') : costNote(usage.calls, open)}>
        {dollars(usage.cost)}
      </Fact>
      <Fact name="Time" note={open ? 'so far' : 'start to end'}>
        {open && milliseconds === 0 ? '–' : duration(milliseconds)}
      </Fact>
    </dl>
  );
}

function Fact({ name, note, children }: { name: string; note: string; children: ComponentChildren }) {
  return (
    <div class="fact">
      <dt>{name}</dt>
      <dd class="figure">{children}</dd>
      <dd class="note">{note}</dd>
    </div>
  );
}

function severityNote(first: LiveRound | undefined, best: LiveRound | undefined): string {
  if (!first || !best) return 'no round rendered';
  if (first === best) return 'of the first draft';
  return scoreOf(first).kind === 'scored' ? 'first draft to best' : `first draft ${scoreWords(first)}`;
}

function figure(score: ReturnType<typeof scoreOf>): string {
  return score.kind === 'scored' ? String(score.severity) : '–';
}

function costNote(calls: number, open: boolean): string {
  if (calls > 0) return 'no price is configured';
  return open ? 'so far' : 'no model was called';
}
