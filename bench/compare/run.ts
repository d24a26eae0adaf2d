import { join } from 'node:path';
import { DatasetError } from '../../core/errors.ts';
import { type Select, selectedRound } from '../../core/guard.ts';
import type { Round, RunRecord } from '../../core/record.ts';
import { severityOf } from '../../core/stop.ts';
import { addUsage } from '../../core/usage.ts';
import type { Sample } from '../../datasets/sample.ts';
import type { Verisim } from '../../runtime/verisim.ts';
import { writeRecord } from '../../runtime/write.ts';
import { fileNameOf } from '../code/files.ts';
import { forEach } from '../each.ts';
import { claimFolder, type Made, openLog } from '../keep.ts';
import type { Arm } from './arm.ts';
import { Outcome, type RoundOutcome } from './outcome.ts';
import type { Scorer } from './scorer.ts';

export interface CompareRunOptions {
  readonly samples: readonly Sample[];
  readonly arms: readonly Arm[];
  readonly scorers: readonly Scorer[];
  /** What makes the results: two comparisons that differ in it never share a folder. */
  readonly made: Made;
  readonly out: string;
  readonly concurrency: number;
  readonly verisim: Verisim;
  readonly signal?: AbortSignal | undefined;
  readonly say: (line: string) => void;
  readonly status: (line: string) => void;
}

/**
 * Runs every strategy on every picture, each run by itself: no draft of one serves another. Each result is on disk
 * before the next; what is there is not done again, and calls of a run that was cut off are not paid for again.
 * @throws whatever ended a run before its end, such as ModelError: a model that is away is no failure of a strategy.
 */
export async function runComparison(options: CompareRunOptions): Promise<Outcome[]> {
  const { samples, arms, out, made, concurrency, signal, say, status } = options;
  if (samples.length === 0) throw new DatasetError('The dataset holds no picture. Give another one.');
  await claimFolder(out, made);
  const log = await openLog(join(out, 'results.jsonl'), Outcome);
  if (log.mended) say('The last result was half written; its run is made again.');
  // All strategies on a picture before the next, so that a comparison that is cut off has whole pairs.
  const tasks = samples.flatMap((sample) => arms.map((arm) => ({ sample, arm, id: idOf(arm, sample) })));
  const outcomes = new Map(log.before);
  const open = tasks.filter(({ id }) => !outcomes.has(id));
  if (open.length < tasks.length)
    say(`${tasks.length - open.length} of ${tasks.length} runs were there already.`);
  await forEach(open, { concurrency, signal }, async ({ sample, arm, id }, aborted) => {
    const outcome = await outcomeOf(sample, arm, id, options, aborted);
    await log.append(outcome);
    outcomes.set(id, outcome);
    status(`  ${outcomes.size} of ${tasks.length} runs`);
  });
  return tasks.flatMap(({ id }) => outcomes.get(id) ?? []);
}

/** Folder of one run: its record, its final code and its pictures. */
export function runFolder(out: string, arm: string, picture: string): string {
  return join(out, 'runs', fileNameOf(arm), fileNameOf(picture));
}

function idOf(arm: Arm, sample: Sample): string {
  return `${arm.name} ${sample.id}`;
}

async function outcomeOf(
  sample: Sample,
  arm: Arm,
  id: string,
  { verisim, scorers, out }: CompareRunOptions,
  signal: AbortSignal,
): Promise<Outcome> {
  const { record, pictures, error } = await verisim.refine(await sample.picture(), {
    ...arm.settings,
    task: sample.task,
    name: sample.id,
    calls: { folder: join(out, 'calls'), run: id },
    ...(sample.language !== undefined && { language: sample.language }),
    ...(sample.instructions !== undefined && { instructions: sample.instructions }),
    signal,
  });
  signal.throwIfAborted();
  if (error !== undefined) throw error;
  await writeRecord(runFolder(out, arm.name, sample.id), record, pictures);

  const select: Select = record.strategy.settings['select'] === 'last' ? 'last' : 'best';
  const best = record.rounds.map((_, index) => selectedRound(record.rounds.slice(0, index + 1), select));
  const rounds: RoundOutcome[] = [];
  for (const round of record.rounds) {
    const { render, code } = round;
    const returned = render.kind === 'rendered' && best.includes(round.index);
    const scores: Record<string, number> = {};
    if (returned) {
      const drawn = { code, language: record.language, picture: pictures.get(render.picture) };
      for (const scorer of scorers) scores[scorer.name] = await scorer.score(drawn, sample, signal);
    }
    rounds.push({ ...spentOn(round), best: best[round.index] ?? null, scores: returned ? scores : null });
  }
  const { stopReason, totals } = record;
  return {
    id,
    arm: arm.name,
    picture: sample.id,
    task: sample.task,
    stopReason,
    milliseconds: totals.milliseconds,
    simulated: isSimulated(record),
    rounds,
  };
}

function spentOn(round: Round): Omit<RoundOutcome, 'best' | 'scores'> {
  const { calls, inputTokens, outputTokens, cost } = addUsage(round.usage.generator, round.usage.critic);
  return {
    step: round.step,
    rendered: round.render.kind === 'rendered',
    failure: round.render.kind === 'rendered' ? null : round.render.outcome,
    severity: severityOf(round) ?? null,
    calls,
    tokens: inputTokens + outputTokens,
    cost,
  };
}

function isSimulated({ generator, critic }: RunRecord): boolean {
  return generator.source === 'simulated' || critic?.source === 'simulated';
}
