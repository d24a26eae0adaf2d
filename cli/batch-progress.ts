import type { RunEvent } from '../core/event.ts';
import type { BatchOutcome } from '../runtime/batch.ts';
import type { BatchItem } from '../runtime/batch-items.ts';
import type { RunLine } from '../runtime/batch-log.ts';
import { durationOf, tokensOf } from './figures.ts';
import type { Io } from './io.ts';
import { label, resultOf, retryOf, spentOf } from './progress.ts';
import { styles } from './style.ts';
import { type Tally, tallyOf } from './tally.ts';
import { told } from './told.ts';

/** Pictures that are named for one error. */
const SAME = 20;

export interface BatchProgress {
  /** A run that was finished before this start. */
  past(line: RunLine): void;
  /** How many pictures there are in all; known after the past. */
  begin(total: number): void;
  watch(item: BatchItem): (event: RunEvent) => void;
  done(outcome: BatchOutcome): void;
  /** Says how it ended, as a table. */
  end(budgetReached: boolean): void;
}

/** Says what happens in the runs of many pictures: a line a finished one, what is known of the whole in a status line. */
export function batchProgress(io: Io): BatchProgress {
  const { dim, bold } = styles(io.colours);
  const tally = tallyOf();
  // What is wrong with the settings is wrong with each picture: said in full once, then by the names.
  const errors = new Map<string, number>();
  const started = performance.now();
  let total = 0;
  let before = 0;
  let running = 0;
  let now = 0;
  let introduced = false;

  const introduce = ({ generator, critic }: Extract<RunEvent, { type: 'run-started' }>) => {
    if (introduced) return;
    introduced = true;
    io.say(dim(`generator ${label(generator)}${critic ? `, critic ${label(critic)}` : ''}`));
  };
  const status = () => {
    const left = total - before - now;
    const eta = now === 0 ? '' : `, ${durationOf(((performance.now() - started) / now) * left)} left`;
    io.status(`  ${before + now} of ${total} done, ${running} at work${eta}  ${figuresOf(tally)}`);
  };
  return {
    past({ record }) {
      before += 1;
      if (record) tally.add(record.stopReason, record);
    },
    begin(count) {
      total = count;
      if (before > 0) io.say(dim(`${before} of ${total} were finished before; going on with the rest`));
    },
    watch: (item) => {
      running += 1;
      status();
      return (event) => {
        if (event.type === 'run-started') introduce(event);
        if (event.type === 'call-retried') io.say(`${item.run}  ${dim(retryOf(event))}`);
        if (event.type !== 'code-delta') status();
      };
    },
    done(outcome) {
      running -= 1;
      const { item } = outcome;
      if (outcome.kind === 'interrupted') return;
      now += 1;
      if (outcome.kind === 'failed') {
        tally.add('error', outcome.record);
        const message = told(outcome.error);
        const times = errors.get(message) ?? 0;
        errors.set(message, times + 1);
        if (times === 0) io.say(`verisim: ${item.run}: ${message}`);
        else if (times < SAME) io.say(`verisim: ${item.run}: the same`);
      } else {
        const { record } = outcome.result;
        tally.add(record.stopReason, record);
        io.say(`${bold(item.run)}  ${record.stopReason}  ${resultOf(record)}  ${dim(spentOf(record))}`);
      }
      status();
    },
    end(budgetReached) {
      const left = total - before - now;
      io.say('');
      for (const row of tally.table()) io.say(row);
      const untold = [...errors.values()].reduce((sum, times) => sum + Math.max(0, times - SAME), 0);
      if (untold > 0) io.say(`${untold} further pictures failed for reasons given above`);
      const again = budgetReached ? 'start again with a larger batch budget' : 'start again';
      if (left > 0) io.say(`${left} of ${total} left; ${again} to go on`);
    },
  };
}

function figuresOf(tally: Tally): string {
  const { usage, severity } = tally.sums();
  return [
    ...(usage.inputTokens + usage.outputTokens > 0
      ? [`${tokensOf(usage.inputTokens + usage.outputTokens)} tokens`]
      : []),
    ...(usage.cost > 0 ? [`$${usage.cost.toFixed(2)}`] : []),
    ...(severity === null ? [] : [`severity ${severity.toFixed(1)}`]),
  ].join(', ');
}
