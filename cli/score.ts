import { availableParallelism } from 'node:os';
import { Command } from 'commander';
import * as z from 'zod';
import { metricList, metricNamed } from '../bench/score/metrics.ts';
import { pairsOf } from '../bench/score/pairs.ts';
import { type PairResult, scorePairs } from '../bench/score/score-pairs.ts';
import { openScoreTools } from '../bench/score/tools.ts';
import { markdownTable } from '../bench/table.ts';
import { ConfigError } from '../core/errors.ts';
import { mean } from '../metrics/score.ts';
import { openRenderers } from '../runtime/renderers.ts';
import { Settings } from '../runtime/settings.ts';
import { createVerisim } from '../runtime/verisim.ts';
import { CommonOptions, configOf } from './config.ts';
import { exit } from './exit.ts';
import type { Io } from './io.ts';
import { addOptions, readOptions } from './options.ts';

const Options = z.strictObject({
  metric: z.string().describe('what is measured; the list is below'),
  json: z.boolean().default(false).describe('print a line of JSON a pair'),
  missing: z
    .enum(['error', 'worst'])
    .default('error')
    .describe('what a reference without a candidate is: an error, or a pair that counts as the worst value'),
  judge: z.string().optional().describe('model that judges charts: provider:model, or a configured name'),
  clip: z.string().optional().describe('folder of a CLIP model (docs/metrics.md)'),
  dino: z.string().optional().describe('folder of a DINO model'),
  lpips: z.string().optional().describe('folder of an LPIPS network'),
  prompts: Settings.shape.prompts,
});

export function scoreCommand(io: Io): Command {
  const command = new Command('score')
    .description(
      'Measures one file against its reference, or a folder against a folder: files of one name, whatever their extension, are a pair. Code is rendered, isolated, where pictures are compared. What does not render counts as the worst value and stays in the mean.',
    )
    .argument('<candidate>', 'what was made: a file or a folder')
    .argument('<reference>', 'what it should be: a file or a folder')
    .addHelpText('after', `\nMetrics:\n${metricList()}`);
  for (const schema of [Options, CommonOptions]) addOptions(command, schema);
  return command.action(async (candidate: string, reference: string, given: Record<string, unknown>) => {
    if (given['metric'] === undefined) {
      throw new ConfigError(`--metric is missing. There are:\n${metricList()}`);
    }
    const {
      metric: name,
      json,
      missing,
      judge,
      clip,
      dino,
      lpips,
    } = Options.parse(readOptions(Options, given));
    const metric = metricNamed(name);
    const pairs = await pairsOf(candidate, reference, metric, { missing });
    const config = await configOf(given);
    const renderers = openRenderers(config);
    const results: PairResult[] = [];
    try {
      await using verisim = createVerisim(config, { renderers });
      const tools = openScoreTools({ judge, clip, dino, lpips }, config, renderers, io.signal);
      const concurrency = config.workers ?? availableParallelism();
      for await (const result of scorePairs(pairs, metric, { verisim, tools, concurrency })) {
        results.push(result);
        if (json) io.print(`${JSON.stringify(result)}\n`);
        else if (result.failed) io.say(`${result.name}: ${result.explanation}`);
        if (!json) io.status(`  ${results.length} of ${pairs.length}`);
      }
    } finally {
      await renderers.close();
    }
    io.status('');
    if (!json) io.print(tableOf(results));
    process.exitCode = results.every(({ failed }) => failed) ? exit.noResult : exit.good;
  });
}

/** Four decimals tell apart what matters in 0..1; larger figures need fewer. */
function figure(value: number): string {
  return value.toFixed(Math.abs(value) >= 100 ? 2 : 4);
}

function tableOf(results: readonly PairResult[]): string {
  const [first] = results;
  if (!first) return '';
  const rows = results.map(({ name, value }) => [name, figure(value)]);
  if (results.length === 1) return `${markdownTable(['pair', first.metric], rows)}\n${first.explanation}\n`;
  const failed = results.filter((result) => result.failed).length;
  const mark = failed > 0 ? `, ${failed} failed` : '';
  const average = figure(mean(results.map(({ value }) => value)));
  return markdownTable(['pair', first.metric], [...rows, [`mean of ${results.length}${mark}`, average]]);
}
