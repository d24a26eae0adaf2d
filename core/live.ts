import type { RunEvent } from './event.ts';
import type { Retry } from './generator.ts';
import { selectedRound } from './guard.ts';
import type { Round, RunRecord, StopReason } from './record.ts';
import { addUsage, noUsage } from './usage.ts';

type Finished = Round & { readonly stage: 'finished' };

/** A round whose later fields are not known yet. `reply` is what has streamed in so far. */
type Open = Omit<Round, 'render' | 'critique' | 'reward'> & {
  readonly stage: 'generate' | 'render' | 'critique';
  readonly render: Round['render'] | null;
  readonly critique: Round['critique'];
  readonly reward: null;
};

export type LiveRound = Finished | Open;

/** A run as far as it is known: the same fields as its record, some of them still open. */
export type LiveRun = Pick<
  RunRecord,
  'id' | 'input' | 'task' | 'language' | 'strategy' | 'generator' | 'critic' | 'best' | 'message' | 'error'
> & {
  readonly rounds: readonly LiveRound[];
  /** Null while the run goes on. */
  readonly stopReason: StopReason | null;
  /** The model call that failed last and is being waited for. */
  readonly retry: (Retry & { readonly role: 'generator' | 'critic' }) | null;
  /** In a run that goes on, milliseconds are the sum of its stages so far. */
  readonly totals: RunRecord['totals'];
  /** The whole record, once the run has ended. */
  readonly record: RunRecord | null;
};

/** The run that a finished record tells of. */
export function liveRunOf(record: RunRecord): LiveRun {
  const { version: _, verisim, startedAt, endedAt, ...run } = record;
  return { ...run, rounds: record.rounds.map(finish), retry: null, record };
}

/**
 * The run after one more event. Pure, so that the same events always draw the same page; null until
 * `run-started` has come. Events may come again (a stream that resumes): the last one counts.
 */
export function reduceEvent(run: LiveRun | null, event: RunEvent): LiveRun | null {
  if (event.type === 'run-started') return start(event);
  if (event.type === 'run-finished') return liveRunOf(event.record);
  if (!run) return null;
  if (event.type === 'call-retried') return { ...run, retry: event };
  return withRound({ ...run, retry: null }, roundAfter(run, event));
}

function start({ type: _, ...known }: RunEvent & { type: 'run-started' }): LiveRun {
  const totals = { usage: noUsage, milliseconds: 0 };
  const open = { best: null, stopReason: null, message: '', error: null, retry: null, record: null };
  return { ...known, ...open, rounds: [], totals };
}

type RoundEvent = Exclude<RunEvent, { type: 'run-started' | 'run-finished' | 'call-retried' }>;

function roundAfter(run: LiveRun, event: RoundEvent): LiveRound {
  if (event.type === 'round-finished') return finish(event.round);
  if (event.type === 'round-started') return open(event.round, event.parent, event.step);
  const round = run.rounds.find(({ index }) => index === event.round) ?? open(event.round, null, 0);
  if (round.stage === 'finished') return round;
  const { usage, ms } = round;
  switch (event.type) {
    case 'code-delta':
      return { ...round, reply: round.reply + event.text };
    case 'code-generated':
      return {
        ...round,
        stage: 'render',
        code: event.code,
        usage: { ...usage, generator: event.usage },
        ms: { ...ms, generate: event.ms },
      };
    case 'render-finished':
      return { ...round, stage: 'critique', render: event.render, ms: { ...ms, render: event.ms } };
    case 'critique-finished':
      return {
        ...round,
        critique: event.critique,
        usage: { ...usage, critic: event.critique.usage },
        ms: { ...ms, critique: event.ms },
      };
  }
}

function withRound(run: LiveRun, round: LiveRound): LiveRun {
  const others = run.rounds.filter(({ index }) => index !== round.index);
  const rounds = [...others, round].sort((a, b) => a.index - b.index);
  const usage = addUsage(...rounds.flatMap(({ usage }) => [usage.generator, usage.critic]));
  const milliseconds = rounds.reduce((sum, { ms }) => sum + ms.generate + ms.render + ms.critique, 0);
  const select = run.strategy.settings['select'] === 'last' ? 'last' : 'best';
  const best = selectedRound(
    rounds.filter((round) => round.stage === 'finished'),
    select,
  );
  return { ...run, rounds, best, totals: { usage, milliseconds } };
}

function finish(round: Round): Finished {
  return { ...round, stage: 'finished' };
}

function open(index: number, parent: number | null, step: number): Open {
  return {
    index,
    parent,
    step,
    stage: 'generate',
    code: '',
    reply: '',
    truncated: false,
    exhausted: false,
    confidence: null,
    render: null,
    critique: null,
    reward: null,
    usage: { generator: noUsage, critic: noUsage },
    ms: { generate: 0, render: 0, critique: 0 },
  };
}
