import { writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { DatasetError } from '../../core/errors.ts';
import { loadVcRewardBench, type RewardBenchEntry } from '../../datasets/vc-rewardbench.ts';
import type { Matching } from '../../metrics/rewardbench/matching.ts';
import { RULE_MATCHER, ruleMatching } from '../../metrics/rewardbench/rule-matcher.ts';
import { vcRewardBench } from '../../metrics/vc-rewardbench.ts';
import type { Verisim } from '../../runtime/verisim.ts';
import { forEach } from '../each.ts';
import { type Judge, judgeLabel } from '../judge.ts';
import { claimFolder, openLog, writeJson } from '../keep.ts';
import { isMatchOf, judgeMatching, Match } from './match.ts';
import { Prediction, predict } from './predict.ts';
import { type RewardBenchRun, rewardBenchReport } from './report.ts';

export interface RewardBenchOptions {
  /** The dataset's JSONL; or predictions on it, which are then scored as they are. */
  readonly file: string;
  /** `critic` predicts, or the file holds predictions already. */
  readonly critic: string | null;
  /** Undefined: the rule matcher. */
  readonly judge?: Judge | undefined;
  /** Folder that picture paths start from. Default: the file's. */
  readonly images?: string | undefined;
  readonly categories: readonly string[];
  /** Only the first items, for a trial. */
  readonly limit?: number | undefined;
  readonly out: string;
  readonly concurrency: number;
  readonly verisim: Verisim;
  readonly signal?: AbortSignal | undefined;
  readonly say: (line: string) => void;
  readonly status: (line: string) => void;
}

/**
 * Has a critic predict on VC-RewardBench, its errors matched with the labels, and the whole scored. Each prediction
 * and each match is on disk before the next; what is there is not done again.
 * @throws ConfigError, DatasetError, ModelError; the signal's reason when aborted, what is done being kept.
 */
export async function runRewardBench(options: RewardBenchOptions): Promise<RewardBenchRun> {
  const { file, critic, judge, out } = options;
  const name = critic ?? `predictions in ${basename(file)}`;
  const entries = await entriesOf(options);
  await claimFolder(out, { benchmark: 'vc-rewardbench', dataset: resolve(file), critic });
  const predictions = critic === null ? entries.map(asGiven) : await predictAll(entries, critic, options);
  const matchingOf = judge ? await judgeAll(predictions, judge, options) : ruleMatching;
  const result = vcRewardBench(predictions, matchingOf);
  const run: RewardBenchRun = {
    critic: critic ? (predictions.find(({ verisim }) => verisim)?.verisim?.critic ?? name) : name,
    judge: judge ? judgeLabel(judge) : RULE_MATCHER,
    result,
    unusable: predictions.filter(({ pred_json }) => !pred_json).length,
  };
  await writeJson(join(out, 'scores.json'), { critic: run.critic, judge: run.judge, ...result });
  await writeFile(join(out, 'report.md'), rewardBenchReport(run));
  return run;
}

async function entriesOf({
  file,
  images,
  categories,
  limit = Infinity,
  signal,
}: RewardBenchOptions): Promise<RewardBenchEntry[]> {
  const entries: RewardBenchEntry[] = [];
  for await (const entry of loadVcRewardBench(file, {
    ...(images && { images }),
    ...(signal && { signal }),
  })) {
    if (categories.includes(entry.category) && entries.length < limit) entries.push(entry);
  }
  if (entries.length > 0) return entries;
  throw new DatasetError(`There is no item of the categories ${categories.join(', ')} in ${file}.`);
}

function asGiven({ reference: _, candidate: __, source: ___, ...item }: RewardBenchEntry): Prediction {
  return item;
}

async function predictAll(
  entries: readonly RewardBenchEntry[],
  critic: string,
  { out, concurrency, verisim, signal, say, status }: RewardBenchOptions,
): Promise<Prediction[]> {
  const log = await openLog(join(out, 'predictions.jsonl'), Prediction);
  const open = entries.filter(({ id }) => !log.before.has(id));
  if (log.mended) say('The last prediction was half written; its item is done again.');
  if (open.length < entries.length)
    say(`${entries.length - open.length} of ${entries.length} predictions are there already.`);
  const predicted = new Map(log.before);
  let done = 0;
  await forEach(open, { concurrency, signal }, async (entry, aborted) => {
    const prediction = await predict(entry, { verisim, critic, signal: aborted });
    await log.append(prediction);
    predicted.set(entry.id, prediction);
    status(`  predicted ${++done} of ${open.length}`);
  });
  const predictions = entries.flatMap(({ id }) => predicted.get(id) ?? []);
  // The official script reads one array.
  await writeJson(join(out, 'predictions.json'), predictions);
  return predictions;
}

async function judgeAll(
  predictions: readonly Prediction[],
  judge: Judge,
  { out, concurrency, signal, say, status }: RewardBenchOptions,
): Promise<(item: { readonly id: string }) => string | Matching | undefined> {
  const log = await openLog(join(out, 'matches.jsonl'), Match);
  const matches = new Map(log.before);
  const open = predictions.filter((item) => !isMatchOf(matches.get(item.id), item, judge.model.name));
  if (open.length < predictions.length)
    say(`${predictions.length - open.length} of ${predictions.length} matches are there already.`);
  let done = 0;
  await forEach(open, { concurrency, signal }, async (item, aborted) => {
    const match = await judgeMatching(judge, item, aborted);
    await log.append(match);
    matches.set(item.id, match);
    status(`  matched ${++done} of ${open.length}`);
  });
  return ({ id }) => matches.get(id)?.reply;
}
