import type { ComponentChildren } from 'preact';
import type { LiveRound, LiveRun } from '../../core/live.ts';
import { compact, count, dollars, duration, plural } from '../lib/format.ts';
import { scoreOf, scoreWords } from '../lib/score.ts';

/** The run in five figures. */
export function Facts({ run }: { run: LiveRun }) {
  const { usage, milliseconds } = run.totals;
  const first = run.rounds[0];
  const best = run.rounds.find(({ index }) => index === run.best);
  return (
    <dl class="facts">
      <Fact name="Severity" note={severityNote(first, best)}>
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
        note={best ? `of ${plural(run.rounds.length, 'round')}, counted from 0` : 'nothing rendered'}
      >
        {best ? `Round ${best.index}` : 'None'}
      </Fact>
      <Fact name="Tokens" note={`${count(usage.inputTokens)} in, ${count(usage.outputTokens)} out`}>
        {compact(usage.inputTokens + usage.outputTokens)}
      </Fact>
      <Fact name="Cost" note={usage.cost > 0 ? plural(usage.calls, 'call') : costNote(usage.calls)}>
        {dollars(usage.cost)}
      </Fact>
      <Fact name="Time" note={run.stopReason ? 'start to end' : 'so far'}>
        {duration(milliseconds)}
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

function costNote(calls: number): string {
  return calls === 0 ? 'no model was called' : 'no price is configured';
}
