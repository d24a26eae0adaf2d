import { mkdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { extname } from 'node:path';
import { Command } from 'commander';
import * as z from 'zod';
import { ConfigError } from '../core/errors.ts';
import { codeFilesOf, isFolder } from '../runtime/code-files.ts';
import { Config } from '../runtime/config.ts';
import { type FileResult, renderBatch, renderFile } from '../runtime/render-batch.ts';
import { TaskName } from '../runtime/settings.ts';
import { createVerisim, type Verisim } from '../runtime/verisim.ts';
import { CommonOptions, configOf } from './config.ts';
import { exit } from './exit.ts';
import type { Io } from './io.ts';
import { addOptions, readOptions } from './options.ts';
import { failureOf, notesOf, progressOfFiles } from './render-progress.ts';

const Size = z
  .string()
  .refine(
    (text) => /^[1-9]\d{0,4}x[1-9]\d{0,4}$/.test(text) && Math.max(...text.split('x').map(Number)) <= 16384,
    'it takes WIDTHxHEIGHT in pixels, each from 1 to 16384, e.g. 336x336',
  );
const Options = z.strictObject({
  out: z.string().describe('the PNG file of one picture, else the folder for all of them'),
  task: TaskName.optional().describe("what the code draws; default: by each file's extension"),
  language: z.string().optional().describe("language of the code; default: by each file's extension"),
  size: Size.optional().describe('width x height in pixels for SVG, e.g. 336x336; default: its own'),
  json: z.boolean().default(false).describe('print the outcome as JSON, one line a file, in their order'),
  workers: Config.shape.workers,
});

export function renderCommand(io: Io): Command {
  const command = new Command('render')
    .description(
      'Renders files of code, or all in and below a folder, isolated from this machine, and writes the pictures. One that does not render does not stop the rest.',
    )
    .argument('<code...>', 'files of Python, SVG, HTML or Markdown, or folders of them');
  for (const schema of [Options, CommonOptions]) addOptions(command, schema);
  return command.action(async (paths: string[], given: Record<string, unknown>) => {
    if (given['out'] === undefined) {
      throw new ConfigError('--out is missing. Name the PNG file to write, or a folder for several.');
    }
    const { out, task, language, size, json, workers } = Options.parse(readOptions(Options, given));
    const [width = 0, height = 0] = size?.split('x').map(Number) ?? [];
    const files = await codeFilesOf(paths, { task, language });
    const [first] = paths;
    const one = files.length === 1 && paths.length === 1 && first !== undefined && !(await isFolder(first));
    const config = await configOf(given);
    await using verisim = createVerisim({ ...config, ...(workers !== undefined && { workers }) });
    const wishes = { out, json, signal: io.signal, ...(size && { size: { width, height } }) };
    if (one && extname(out).toLowerCase() === '.png' && !(await isFolder(out))) {
      process.exitCode = await renderOne(verisim, files, wishes, io);
      return;
    }
    if (isPictureName(out) && !(await isFolder(out))) {
      throw new ConfigError(
        one
          ? `Pictures are written as PNG. Name a .png file instead of ${out}.`
          : `${out} looks like one file, and there are ${files.length} pictures. Name a folder.`,
      );
    }
    await mkdir(out, { recursive: true }).catch((cause: unknown) => {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new ConfigError(`${out} cannot be the folder of the pictures: ${why}. Name another --out.`, {
        cause,
      });
    });
    // Two files a worker: the next one is read while the last picture is written.
    const concurrency = 2 * (workers ?? config.workers ?? availableParallelism());
    process.exitCode = await renderAll(verisim, files, { ...wishes, concurrency }, io);
  });
}

function isPictureName(path: string): boolean {
  return /\.(png|jpe?g|webp|gif|tiff?|avif|svg|bmp)$/i.test(path);
}

type Files = Parameters<typeof renderBatch>[1];
type Wishes = Parameters<typeof renderBatch>[2] & { readonly json: boolean };

async function renderOne(
  verisim: Verisim,
  files: Files,
  { json, ...wishes }: Omit<Wishes, 'concurrency'>,
  io: Io,
): Promise<number> {
  let code: number = exit.noResult;
  for (const file of files) {
    const result = await renderFile(verisim, file, wishes);
    code = codeOf(result);
    if (json && result.kind !== 'interrupted') io.print(`${JSON.stringify(result)}\n`);
    const failure = failureOf(result);
    if (failure !== undefined) io.say(`verisim: ${failure}`);
    if (result.kind === 'render-failure' && result.detail) io.say(result.detail);
    if (result.kind === 'rendered') {
      for (const note of notesOf(result)) io.say(`verisim: note: ${note}`);
      io.say(`${result.out}: ${result.width} x ${result.height} pixels`);
    }
  }
  return code;
}

async function renderAll(
  verisim: Verisim,
  files: Files,
  { json, ...wishes }: Wishes,
  io: Io,
): Promise<number> {
  const progress = progressOfFiles(io, files.length);
  let code: number = exit.good;
  for await (const result of renderBatch(verisim, files, { ...wishes, onDone: progress.done })) {
    code = Math.max(code, codeOf(result));
    if (json && result.kind !== 'interrupted') io.print(`${JSON.stringify(result)}\n`);
  }
  progress.end(wishes.out);
  return io.signal.aborted ? exit.interrupted : code;
}

function codeOf({ kind }: FileResult): number {
  if (kind === 'rendered') return exit.good;
  if (kind === 'interrupted') return exit.interrupted;
  return kind === 'error' ? exit.wrongUse : exit.noResult;
}
