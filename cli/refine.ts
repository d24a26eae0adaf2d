import { join } from 'node:path';
import { Command } from 'commander';
import * as z from 'zod';
import { ConfigError, VerisimError } from '../core/errors.ts';
import { isOnePicture } from '../runtime/batch-items.ts';
import { checkRunFolder } from '../runtime/check-folder.ts';
import { forecastBatch } from '../runtime/forecast-batch.ts';
import { Settings, TaskName } from '../runtime/settings.ts';
import { createVerisim, type RefineResult, type Verisim } from '../runtime/verisim.ts';
import { writeRun } from '../runtime/write.ts';
import { CommonOptions, configOf } from './config.ts';
import { exit } from './exit.ts';
import { forecastTable } from './forecast.ts';
import type { Io } from './io.ts';
import { addOptions, readOptions } from './options.ts';
import { progress } from './progress.ts';
import { refineMany } from './refine-many.ts';
import { told } from './told.ts';

const Options = z.strictObject({
  task: TaskName.optional().describe('what the pictures show'),
  out: z.string().optional().describe('folder for the code, renders, record and report'),
  json: z.boolean().default(false).describe('print the run record, one line a picture'),
  concurrency: z.int().min(1).max(256).default(4).describe('pictures at work at once'),
  batchTokens: z
    .int()
    .min(1)
    .optional()
    .describe('stop the whole batch before it takes more tokens than this'),
  batchCost: z
    .number()
    .positive()
    .optional()
    .describe('stop the whole batch before it takes more US dollars than this'),
  batchTime: z
    .number()
    .positive()
    .optional()
    .describe('stop the whole batch before it takes more seconds than this'),
  dryRun: z
    .boolean()
    .default(false)
    .describe(
      'call nothing; say what calls, tokens, cost and time to expect, also from runs finished in --out',
    ),
});

export function refineCommand(io: Io): Command {
  const command = new Command('refine')
    .description(
      'Turns pictures into code: generate, render, criticise, revise, until nothing differs or the rounds are used.\n\nWithout --out the code goes to stdout. Several pictures with --out are a batch: stopped by whatever means and started again, it goes on where it was, and pays for no answered call twice.',
    )
    .argument(
      '<image...>',
      'PNG, JPEG, WebP, GIF, TIFF or AVIF; folders or globs of them; .jsonl files of {"image": PATH, "task"?: TASK}',
    );
  for (const schema of [Options, Settings, CommonOptions]) addOptions(command, schema);
  return command.action(async (images: string[], given: Record<string, unknown>) => {
    const { dryRun, ...options } = Options.parse(readOptions(Options, given));
    const { task, out, json, concurrency } = options;
    if (dryRun) {
      const config = await configOf(given);
      const expected = await forecastBatch(images, { task, config, out, concurrency });
      io.print(json ? `${JSON.stringify(expected)}\n` : `${forecastTable(expected).join('\n')}\n`);
      return;
    }
    const [image = ''] = images;
    const one = images.length === 1 && (await isOnePicture(image));
    if (!one && !out && !json) {
      throw new ConfigError('Several pictures need --out DIR (or --json), to keep their results apart.');
    }
    if (one && task === undefined) {
      throw new ConfigError(`--task is missing. Say what the picture shows: ${TaskName.options.join(', ')}.`);
    }
    const config = await configOf(given);
    await using verisim = createVerisim(config);
    const code =
      one && task !== undefined
        ? await refineOne(verisim, image, { task, out, json }, io)
        : await refineMany(verisim, images, { ...options, config }, io);
    process.exitCode = io.signal.aborted ? exit.interrupted : code;
  });
}

/** Refines one picture. Returns the exit code. */
async function refineOne(
  verisim: Verisim,
  image: string,
  { task, out, json }: { task: string; out: string | undefined; json: boolean },
  io: Io,
): Promise<number> {
  io.signal.throwIfAborted();
  if (out) await checkRunFolder(out);
  const result = await verisim.refine(image, { task, signal: io.signal, onEvent: progress(io) });
  const { record, pictures, code, error } = result;
  if (out) await writeRun(out, record, pictures);
  if (json) io.print(`${JSON.stringify(record)}\n`);
  else if (!out && code !== null) io.print(code.endsWith('\n') ? code : `${code}\n`);
  // Else the progress has said it.
  if (error instanceof VerisimError && record.rounds.length === 0) io.say(`verisim: ${told(error)}`);
  if (out) io.say(`  report: ${join(out, 'report.html')}`);
  return codeOf(result);
}

/** A renderable result is 0 even when an error cut the run short; without one the error decides. */
function codeOf({ record, error }: RefineResult): number {
  if (record.best !== null) return exit.good;
  return error instanceof VerisimError ? exit.wrongUse : exit.noResult;
}
