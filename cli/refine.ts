import { basename, join } from 'node:path';
import { Command } from 'commander';
import PQueue from 'p-queue';
import * as z from 'zod';
import { ConfigError, VerisimError } from '../core/errors.ts';
import { Settings, TaskName } from '../runtime/settings.ts';
import { createVerisim, type RefineResult, type Verisim } from '../runtime/verisim.ts';
import { writeRun } from '../runtime/write.ts';
import { CommonOptions, configOf } from './config.ts';
import { exit } from './exit.ts';
import type { Io } from './io.ts';
import { addOptions, readOptions } from './options.ts';
import { progress, progressOfMany } from './progress.ts';

const Options = z.strictObject({
  task: TaskName.describe('what the picture shows'),
  out: z.string().optional().describe('folder for the code, renders, record and report'),
  json: z.boolean().default(false).describe('print the run record, one line a picture'),
  concurrency: z.int().min(1).max(256).default(4).describe('pictures at work at once'),
});

export function refineCommand(io: Io): Command {
  const command = new Command('refine')
    .summary('picture in, refined code out')
    .description(
      'Turns pictures into code: generate, render, criticise, revise, until nothing differs or the rounds are used.\nWithout --out the code goes to stdout.',
    )
    .argument('<image...>', 'PNG, JPEG, WebP, GIF, TIFF or AVIF');
  for (const schema of [Options, Settings, CommonOptions]) addOptions(command, schema);
  return command.action(async (images: string[], given: Record<string, unknown>) => {
    if (given['task'] === undefined) {
      throw new ConfigError(`--task is missing. Say what the picture shows: ${TaskName.options.join(', ')}.`);
    }
    const options = Options.parse(readOptions(Options, given));
    if (images.length > 1 && !options.out && !options.json) {
      throw new ConfigError('Several pictures need --out DIR (or --json), to keep their results apart.');
    }
    const config = await configOf(given);
    await using verisim = createVerisim(config);
    const outcomes = await refineAll(verisim, images, options, io);
    if (images.length > 1 && options.out) io.say(`reports: ${join(options.out, '*', 'report.html')}`);
    process.exitCode = io.signal.aborted ? exit.interrupted : Math.max(...outcomes);
  });
}

/** Refines every picture; one that fails does not stop the rest. Returns an exit code a picture. */
async function refineAll(
  verisim: Verisim,
  images: readonly string[],
  { task, out, json, concurrency }: z.infer<typeof Options>,
  io: Io,
): Promise<number[]> {
  const names = foldersOf(images);
  const queue = new PQueue({ concurrency });
  const several = images.length > 1;
  const watch = several ? progressOfMany(io, images.length) : () => progress(io);
  const one = async (image: string, index: number): Promise<number> => {
    const folder = out && (several ? join(out, names[index] ?? String(index)) : out);
    try {
      io.signal.throwIfAborted();
      const result = await verisim.refine(image, {
        task,
        signal: io.signal,
        onEvent: watch(),
      });
      if (folder) await writeRun(folder, result.record, result.pictures);
      report(result, { folder, json }, io);
      if (folder && !several) io.say(`  report: ${join(folder, 'report.html')}`);
      return codeOf(result);
    } catch (error) {
      if (!(error instanceof VerisimError)) throw error;
      io.say(`verisim: ${error.message}`);
      return exit.wrongUse;
    }
  };
  return Promise.all(
    images.map((image, index) => queue.add(() => one(image, index)).then((code) => code ?? exit.noResult)),
  );
}

function report(
  { record, code, error }: RefineResult,
  to: { folder?: string | undefined; json: boolean },
  io: Io,
): void {
  if (to.json) io.print(`${JSON.stringify(record)}\n`);
  else if (!to.folder && code !== null) io.print(code.endsWith('\n') ? code : `${code}\n`);
  if (error instanceof VerisimError) io.say(`verisim: ${error.message}`);
}

/** A renderable result is 0 even when an error cut the run short; without one the error decides. */
function codeOf({ record, error }: RefineResult): number {
  if (record.best !== null) return exit.good;
  return error instanceof VerisimError ? exit.wrongUse : exit.noResult;
}

/** Folder names for the pictures: file names without extension, told apart by numbers where they repeat. */
function foldersOf(images: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return images.map((image) => {
    const name = basename(image).replace(/\.[^.]+$/, '') || 'picture';
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name}-${count}`;
  });
}
