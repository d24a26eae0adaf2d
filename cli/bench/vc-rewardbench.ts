import { Command } from 'commander';
import * as z from 'zod';
import { openJudge } from '../../bench/judge.ts';
import { rewardBenchReport } from '../../bench/vc-rewardbench/report.ts';
import { runRewardBench } from '../../bench/vc-rewardbench/run.ts';
import { ConfigError } from '../../core/errors.ts';
import { Settings, TaskName } from '../../runtime/settings.ts';
import { createVerisim } from '../../runtime/verisim.ts';
import { CommonOptions, configOf } from '../config.ts';
import type { Io } from '../io.ts';
import { addOptions, readOptions } from '../options.ts';

const Options = z.strictObject({
  out: z.string().default('out/vc-rewardbench').describe('folder of the results'),
  predictions: z
    .string()
    .optional()
    .describe(
      'score this file of predictions (JSONL, or JSON as the official script writes); no critic is asked',
    ),
  judge: z
    .string()
    .default('rule')
    .describe(
      'who matches errors with labels: a text model as provider:model, or rule (no model; not comparable)',
    ),
  categories: z.array(TaskName).default(TaskName.options).describe('items of these alone'),
  images: z.string().optional().describe("folder that picture paths start from; default: the dataset's"),
  limit: z.int().min(1).optional().describe('only the first items, for a trial'),
  json: z
    .boolean()
    .default(false)
    .describe("print the figures as JSON, in the official output's field names"),
  concurrency: z.int().min(1).max(256).default(4).describe('items at work at once'),
  critic: Settings.shape.critic,
  prompts: Settings.shape.prompts,
});

export function benchRewardBenchCommand(io: Io): Command {
  const command = new Command('vc-rewardbench')
    .summary('how well a critic finds what people find')
    .description(
      'Has a critic compare the pairs of VC-RewardBench, matches what it finds with the labels, and scores it: F1h, F1s and Sc by category and type. The folder of the results also holds predictions.json, which the official script reads.',
    )
    .argument('[dataset]', "the benchmark's JSONL file; not needed with --predictions");
  for (const schema of [Options, CommonOptions]) addOptions(command, schema);
  return command.action(async (dataset: string | undefined, given: Record<string, unknown>) => {
    const { predictions, judge: judgeName, json, ...options } = Options.parse(readOptions(Options, given));
    const file = predictions ?? dataset;
    if (file === undefined) throw new ConfigError("Give the benchmark's JSONL file, or --predictions FILE.");
    const config = await configOf(given);
    const judge = judgeName === 'rule' ? undefined : await openJudge(judgeName, config);
    await using verisim = createVerisim(config);
    const run = await runRewardBench({
      ...options,
      file,
      critic: predictions === undefined ? config.critic : null,
      judge,
      verisim,
      signal: io.signal,
      say: io.say,
      status: io.status,
    });
    const { critic, judge: matched, result } = run;
    io.status('');
    if (json)
      io.print(
        `${JSON.stringify({ critic, judge: matched, ...result.summary, failed_items: result.failed_items })}\n`,
      );
    else io.print(rewardBenchReport(run));
    io.say(`results: ${options.out}`);
  });
}
