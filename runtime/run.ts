import { randomUUID } from 'node:crypto';
import type { BudgetRecord } from '../core/budget.ts';
import type { RunEvent } from '../core/event.ts';
import { type Select, selectedRound } from '../core/guard.ts';
import type { Picture } from '../core/picture.ts';
import { RECORD_VERSION, type Round, type RunRecord, type StrategyRecord } from '../core/record.ts';
import { type Stop, usageOf } from '../core/stop.ts';
import { closeDraft } from '../graphs/close.ts';
import type { Dependencies } from '../graphs/dependencies.ts';
import { loopGraph } from '../graphs/loop.ts';
import type { Draft } from '../graphs/state.ts';
import { version } from './version.ts';

export interface RunOptions {
  /** The run's name in its record. Default: a new UUID. */
  readonly id?: string;
  readonly picture: Picture;
  /** What records and reports call the picture. */
  readonly name: string;
  readonly instructions?: string;
  readonly strategy: StrategyRecord;
  /** Which round is returned. Default: the best. */
  readonly select?: Select;
  /** What is left of the budgets that bound this run. */
  readonly budgets?: () => BudgetRecord[];
  readonly signal?: AbortSignal;
  readonly emit?: (event: RunEvent) => void;
}

/**
 * Runs the loop on one picture. Never throws for what happens during the run: an error or an abort ends the
 * run `failed` or `cancelled`, with every finished stage kept; the error that ended it is returned beside.
 */
export async function run(
  dependencies: Dependencies,
  {
    id = randomUUID(),
    picture,
    name,
    instructions,
    strategy,
    select = 'best',
    budgets = () => [],
    signal,
    emit,
  }: RunOptions,
): Promise<{ record: RunRecord; error?: unknown }> {
  const { task, language, generator, critic, pictures } = dependencies;
  const startedAt = Date.now();
  const input = { name, picture: picture.digest, width: picture.width, height: picture.height };
  const models = {
    generator: { name: generator.name, source: generator.source },
    critic: critic ? { name: critic.name, source: critic.source } : null,
  };
  pictures.put(picture);
  emit?.({
    type: 'run-started',
    id,
    input,
    task: task.name,
    language: language.name,
    strategy,
    ...models,
  });

  const ended: Round[] = [];
  const drafts = new Map<number, Draft>();
  const hear = (event: RunEvent) => {
    if (event.type === 'round-finished') ended.push(event.round);
    emit?.(event);
  };
  // Kept in case the run is cut off before the round ends.
  const keep = (draft: Draft) => void drafts.set(draft.index, draft);
  let stop: Stop | null = null;
  let error: unknown;
  try {
    signal?.throwIfAborted();
    const end = await loopGraph({ ...dependencies, observer: { event: hear, draft: keep } }).invoke(
      { image: picture.digest, startedAt, ...(instructions && { instructions }) },
      {
        // Stop rules end the run; LangGraph's own limit of 25 steps would cut long ones short.
        recursionLimit: Number.MAX_SAFE_INTEGER,
        ...(signal && { signal }),
      },
    );
    stop = end.stop;
  } catch (thrown) {
    error = thrown;
  }

  const why = signal?.aborted ? 'the run was cancelled' : describe(error).message;
  for (const [index, draft] of drafts) {
    if (ended.some((round) => round.index === index)) continue;
    const round = closeDraft(draft, why);
    ended.push(round);
    emit?.({ type: 'round-finished', round });
  }
  const rounds = inPlace(ended);
  const best = selectedRound(rounds, select);
  const left = budgets();
  const { reason, message } = endOf(stop, rounds, best, error, signal);
  const record: RunRecord = {
    version: RECORD_VERSION,
    id,
    verisim: version,
    startedAt: new Date(startedAt).toISOString(),
    endedAt: new Date().toISOString(),
    input,
    task: task.name,
    language: language.name,
    strategy,
    ...models,
    rounds,
    best,
    stopReason: reason,
    message,
    error: error !== undefined && !signal?.aborted ? describe(error) : null,
    totals: { usage: usageOf(rounds), milliseconds: Date.now() - startedAt },
    ...(left.length > 0 && { budgets: left }),
  };
  emit?.({ type: 'run-finished', record });
  return error === undefined ? { record } : { record, error };
}

/** In order, each at its index: a draft that was never finished, among several made at once, leaves no gap. */
function inPlace(ended: readonly Round[]): Round[] {
  const ordered = ended.toSorted((a, b) => a.index - b.index);
  const places = new Map(ordered.map(({ index }, place) => [index, place]));
  return ordered.map((round, index) => ({
    ...round,
    index,
    parent: round.parent === null ? null : (places.get(round.parent) ?? null),
  }));
}

function endOf(
  stop: Stop | null,
  rounds: readonly Round[],
  best: number | null,
  error: unknown,
  signal: AbortSignal | undefined,
): Stop {
  const kept = best === null ? '' : ` The best round so far, ${best}, is kept.`;
  if (signal?.aborted) {
    return {
      reason: 'cancelled',
      message: `Cancelled after ${rounds.length} round${rounds.length === 1 ? '' : 's'}.${kept}`,
    };
  }
  if (error !== undefined) return { reason: 'failed', message: `${describe(error).message}${kept}` };
  if (best === null && (rounds.length > 0 || !stop)) {
    const last = rounds.at(-1)?.render;
    const why = last?.kind === 'render-failure' ? ` Last failure: ${last.message}` : '';
    return { reason: 'failed', message: `None of ${rounds.length} attempts rendered.${why}` };
  }
  return stop ?? { reason: 'failed', message: 'The graph ended without a stop reason.' };
}

function describe(error: unknown): { name: string; message: string } {
  if (error instanceof Error) return { name: error.name, message: error.message };
  return { name: 'Error', message: String(error) };
}
