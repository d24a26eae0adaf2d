import { resolve } from 'node:path';
import { Command } from 'commander';
import * as z from 'zod';
import type { CodeBenchmark } from '../../bench/code/benchmark.ts';
import { codeReport } from '../../bench/code/report.ts';
import { runCodeBenchmark, summaryOf } from '../../bench/code/run.ts';
import { openScoreTools } from '../../bench/score/tools.ts';
import type { Config } from '../../runtime/config.ts';
import { openRenderers } from '../../runtime/renderers.ts';
import { Settings } from '../../runtime/settings.ts';
import { createVerisim } from '../../runtime/verisim.ts';
import { CommonOptions, configOf } from '../config.ts';
import type { Io } from '../io.ts';
import { addOptions, readOptions } from '../options.ts';

const Options = z.strictObject({
  out: z.string().optional().describe('folder of the results; default: out/NAME of the benchmark'),
  outputs: z
    .string()
    .optional()
    .describe('score the outputs in this folder (ID.py, ID.html, …); nothing is generated'),
  limit: z.int().min(1).optional().describe('only the first items, for a trial'),
  json: z.boolean().default(false).describe('print the figures as JSON'),
  concurrency: z.int().min(1).max(256).default(4).describe('items at work at once'),
  resamples: z.int().min(100).max(100_000).default(1000).describe('bootstrap resamples of the intervals'),
  seed: z.int().min(0).default(1).describe('of the bootstrap'),
});

export interface CodeBenchCommand<Own> {
  readonly name: string;
  readonly summary: string;
  readonly description: string;
  /** What the dataset argument is. */
  readonly dataset: string;
  /** Options beside those that all have. */
  readonly own: z.ZodObject<Readonly<Record<string, z.ZodType>>> & z.ZodType<Own>;
  /** Those of them that decide what results are. */
  readonly made: (own: Own) => Record<string, z.core.util.JSONType>;
  readonly models: (own: Own) => Parameters<typeof openScoreTools>[0];
  readonly open: (dataset: string, own: Own, config: Config) => CodeBenchmark;
}

/** A command that generates the outputs of one benchmark, or takes those that are there, and scores them. */
export function codeBenchCommand<Own>(io: Io, kind: CodeBenchCommand<Own>): Command {
  const command = new Command(kind.name)
    .summary(kind.summary)
    .description(kind.description)
    .argument('<dataset>', kind.dataset);
  for (const schema of [Options, kind.own, Settings.omit({ language: true }), CommonOptions]) {
    addOptions(command, schema);
  }
  return command.action(async (dataset: string, given: Record<string, unknown>) => {
    const {
      out = `out/${kind.name}`,
      outputs,
      json,
      ...options
    } = Options.parse(readOptions(Options, given));
    const own = kind.own.parse(readOptions(kind.own, given));
    const config = await configOf(given);
    const benchmark = kind.open(dataset, own, config);
    const renderers = openRenderers(config);
    try {
      await using verisim = createVerisim(config, { renderers });
      const tools = { ...openScoreTools(kind.models(own), config, renderers, io.signal), verisim };
      const run = await runCodeBenchmark(benchmark, {
        ...options,
        out,
        outputs: outputs ?? null,
        made: {
          benchmark: kind.name,
          dataset: resolve(dataset),
          ...kind.made(own),
          ...madeBy(config, outputs),
        },
        by: outputs === undefined ? nameOf(config) : `outputs in ${outputs}`,
        tools,
        say: io.say,
        status: io.status,
      });
      io.status('');
      io.print(json ? `${JSON.stringify(summaryOf(run))}\n` : codeReport(run));
      io.say(`results: ${out}`);
    } finally {
      await renderers.close();
    }
  });
}

function madeBy(config: Config, outputs: string | undefined): Record<string, z.core.util.JSONType> {
  if (outputs !== undefined) return { outputs: resolve(outputs) };
  const settings = Settings.safeParse(
    Object.fromEntries(Object.entries(config).filter(([name]) => name in Settings.shape)),
  );
  return { settings: z.record(z.string(), z.json()).parse(settings.data) };
}

/** The generator, and with a strategy that has one the critic: enough to tell two reports apart. */
function nameOf({ generator, critic, strategy, rounds, models }: Config): string {
  const label = (name: string) => (models[name] ? `${name} (${models[name].name})` : name);
  if (strategy === 'direct') return `${label(generator)}, direct`;
  const by = strategy === 'self-refine' ? '' : `, critic ${label(critic)}`;
  return `${label(generator)}${by}, ${strategy}, ${rounds} rounds`;
}
