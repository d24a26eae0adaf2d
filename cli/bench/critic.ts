import { Command } from 'commander';
import * as z from 'zod';
import { calibrationReport } from '../../bench/critic/report.ts';
import { calibrate } from '../../bench/critic/run.ts';
import { openCorrupter } from '../../datasets/corrupt/corrupt.ts';
import { examplesFolder } from '../../datasets/known.ts';
import { openRenderers } from '../../runtime/renderers.ts';
import { Settings, TaskName } from '../../runtime/settings.ts';
import { createVerisim } from '../../runtime/verisim.ts';
import { CommonOptions, configOf } from '../config.ts';
import type { Io } from '../io.ts';
import { addOptions, readOptions } from '../options.ts';

const Options = z.strictObject({
  out: z.string().default('out/critic').describe('folder of the results'),
  pictures: z
    .string()
    .optional()
    .describe('folder of known pictures: NAME.png, NAME.<code>, NAME.damage.json; default: the examples'),
  tasks: z.array(TaskName).default(TaskName.options).describe('pictures of these alone'),
  repeats: z.int().min(0).max(20).default(2).describe('how often each case is shown again as it is'),
  damages: z
    .int()
    .min(1)
    .max(32)
    .optional()
    .describe("damages by operators (docs/damage.md) for each picture, in the place of its folder's own"),
  seed: z.int().default(1).describe("of the operators' draws"),
  json: z.boolean().default(false).describe('print the figures as JSON'),
  concurrency: z.int().min(1).max(256).default(4).describe('critiques at work at once'),
  critic: Settings.shape.critic,
  prompts: Settings.shape.prompts,
});

export function benchCriticCommand(io: Io): Command {
  const command = new Command('critic')
    .summary('what a critic sees of labelled damage, and how steady it is')
    .description(
      'Shows a critic pictures with labelled damage and says how far it agrees by category and severity, how reliable it is, what swapping, scaling and JPEG do to it, how it varies from run to run, and what it costs.',
    );
  for (const schema of [Options, CommonOptions]) addOptions(command, schema);
  return command.action(async (given: Record<string, unknown>) => {
    const { json, pictures = examplesFolder, ...options } = Options.parse(readOptions(Options, given));
    const config = await configOf(given);
    const renderers = openRenderers(config);
    const corrupter = openCorrupter({ rendererOf: (language) => renderers.of(language) });
    const calibration = await (async () => {
      await using verisim = createVerisim(config, { renderers });
      return calibrate({
        ...options,
        pictures,
        critic: config.critic,
        corrupter,
        verisim,
        signal: io.signal,
        say: io.say,
        status: io.status,
      });
    })().finally(async () => {
      await corrupter.close();
      await renderers.close();
    });
    io.status('');
    io.print(json ? `${JSON.stringify(calibration)}\n` : calibrationReport(calibration));
    io.say(`results: ${options.out}`);
  });
}
