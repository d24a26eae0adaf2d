import { resolve } from 'node:path';
import { Command } from 'commander';
import * as z from 'zod';
import { armsOf } from '../bench/compare/arm.ts';
import { compare } from '../bench/compare/compare.ts';
import { compareMarkdown } from '../bench/compare/markdown.ts';
import { samplesOf } from '../bench/compare/samples.ts';
import { canScore, type Scorer, scorerNamed, usualScorers } from '../bench/compare/scorer.ts';
import { openScoreTools } from '../bench/score/tools.ts';
import { ConfigError } from '../core/errors.ts';
import type { Sample } from '../datasets/sample.ts';
import type { Config } from '../runtime/config.ts';
import { openRenderers } from '../runtime/renderers.ts';
import { Settings, TaskName } from '../runtime/settings.ts';
import { createVerisim } from '../runtime/verisim.ts';
import { CommonOptions, configOf } from './config.ts';
import type { Io } from './io.ts';
import { addOptions, readOptions } from './options.ts';

const Options = z.strictObject({
  strategies: z
    .array(z.string())
    .default(['direct', 'self-refine', 'refine', 'best-of-n'])
    .describe(
      'what is compared, each with settings of its own where wanted: refine:rounds=5,best-of-n:drafts=8',
    ),
  baseline: z
    .string()
    .optional()
    .describe('the strategy that the others are held against; default: the first'),
  scorers: z
    .array(z.string())
    .optional()
    .describe(
      "who judges the results, apart from the critic that steers: metrics of `verisim score`, and 'critic NAME'; default: by the task",
    ),
  task: TaskName.optional().describe('what the pictures show, where the dataset does not say'),
  limit: z.int().min(1).optional().describe('only the first pictures, for a trial'),
  out: z.string().default('out/compare').describe('folder of the results'),
  json: z.boolean().default(false).describe('print the figures as JSON'),
  concurrency: z.int().min(1).max(256).default(4).describe('runs at work at once'),
  resamples: z
    .int()
    .min(100)
    .max(1_000_000)
    .default(10_000)
    .describe('of the bootstrap and the permutation test'),
  seed: z.int().min(0).default(1).describe('of the same'),
  judge: z.string().optional().describe('model of the metric chartmimic-high'),
  clip: z.string().optional().describe('folder of a CLIP model, for metrics that need one (docs/metrics.md)'),
  dino: z.string().optional().describe('folder of a DINO model'),
  lpips: z.string().optional().describe('folder of an LPIPS network'),
});

export function compareCommand(io: Io): Command {
  const command = new Command('compare')
    .description(
      'Runs several strategies on the same pictures and says what each gains over the first, with intervals and paired tests, as each is set and at equal cost. Results are kept as they come: started again with the same --out, a comparison goes on where it ended.',
    )
    .argument(
      '<dataset>',
      'a folder of pictures, with their code beside them where there is one; or a .jsonl file',
    );
  for (const schema of [Options, Settings.omit({ strategy: true }), CommonOptions])
    addOptions(command, schema);
  return command.action(async (dataset: string, given: Record<string, unknown>) => {
    const {
      strategies,
      scorers: wanted,
      task,
      limit,
      json,
      resamples,
      seed,
      ...options
    } = Options.parse(readOptions(Options, given));
    const arms = armsOf(strategies);
    const baseline = options.baseline ?? strategies[0] ?? '';
    if (!strategies.includes(baseline)) {
      throw new ConfigError(
        `The baseline "${baseline}" is none of the strategies: ${strategies.join(', ')}.`,
      );
    }
    const config = await configOf(given);
    const samples = await samplesOf(dataset, { task, limit, signal: io.signal });
    const renderers = openRenderers(config);
    try {
      await using verisim = createVerisim(config, { renderers });
      const tools = openScoreTools(options, config, renderers, io.signal);
      const scorers = scorersFor(
        samples,
        wanted,
        config,
        (name) => scorerNamed(name, { verisim, tools }),
        io,
      );
      const analysis = await compare({
        samples,
        arms,
        scorers,
        baseline,
        resampling: { resamples, seed },
        made: madeBy(dataset, scorers, config),
        out: options.out,
        concurrency: options.concurrency,
        verisim,
        signal: io.signal,
        say: io.say,
        status: io.status,
      });
      io.status('');
      io.print(json ? `${JSON.stringify(analysis)}\n` : compareMarkdown(analysis));
      io.say(`report: ${resolve(options.out, 'report.html')}`);
    } finally {
      await renderers.close();
    }
  });
}

function scorersFor(
  samples: readonly Sample[],
  wanted: readonly string[] | undefined,
  { critic }: Config,
  open: (name: string) => Scorer,
  io: Io,
): Scorer[] {
  const [first] = samples;
  if (!first) return [];
  const names = wanted ?? usualScorers(first);
  for (const name of names) {
    const scorer = open(name);
    const cannot = samples.find((sample) => !canScore(name, sample));
    if (cannot) {
      throw new ConfigError(
        `${scorer.name} cannot score ${cannot.source}: ${cannot.code === undefined ? 'it has no code' : `its task is ${cannot.task}`}. Name other --scorers, such as ssim.`,
      );
    }
    if (name === `critic ${critic}`) {
      io.say(`"${name}" also steers: a strategy may win by it alone. Take another as the first scorer.`);
    }
  }
  return names.map(open);
}

/** Which strategies they are is left out: one more can join those that were compared before. */
function madeBy(dataset: string, scorers: readonly Scorer[], config: Config) {
  const names = Object.keys(Settings.shape).filter((name) => name !== 'strategy');
  const settings = Object.fromEntries(Object.entries(config).filter(([name]) => names.includes(name)));
  return {
    dataset: resolve(dataset),
    scorers: scorers.map(({ name }) => name),
    settings: z.record(z.string(), z.json()).parse(settings),
  };
}
