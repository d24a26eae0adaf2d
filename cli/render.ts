import { readFile, rename, writeFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { Command } from 'commander';
import * as z from 'zod';
import { ConfigError } from '../core/errors.ts';
import { tasks } from '../core/tasks/index.ts';
import { TaskName } from '../runtime/settings.ts';
import { createVerisim } from '../runtime/verisim.ts';
import { CommonOptions, configOf } from './config.ts';
import { exit } from './exit.ts';
import type { Io } from './io.ts';
import { addOptions, readOptions } from './options.ts';

const Size = z.templateLiteral([z.int().min(1).max(16384), 'x', z.int().min(1).max(16384)]);
const Options = z.strictObject({
  out: z.string().describe('PNG file to write'),
  task: TaskName.optional().describe("what the code draws; default: by the file's extension"),
  language: z.string().optional().describe("language of the code; default: by the file's extension"),
  size: Size.optional().describe('width x height in pixels for SVG, e.g. 336x336; default: its own'),
  json: z.boolean().default(false).describe('print the outcome as JSON'),
});

export function renderCommand(io: Io): Command {
  const command = new Command('render')
    .summary('code in, picture out, isolated')
    .description('Renders code once, isolated from this machine, and writes the picture.')
    .argument('<code>', 'file of Python, SVG, HTML or Markdown');
  for (const schema of [Options, CommonOptions]) addOptions(command, schema);
  return command.action(async (path: string, given: Record<string, unknown>) => {
    if (given['out'] === undefined) throw new ConfigError('--out is missing. Name the PNG file to write.');
    const { out, task, language, size, json } = Options.parse(readOptions(Options, given));
    const kind = kindOf(path, task, language);
    const code = await readFile(path, 'utf8').catch((cause: unknown) => {
      throw new ConfigError(`${path} cannot be read. Give the path of a file with code.`, { cause });
    });
    await using verisim = createVerisim(await configOf(given));
    const [width = 0, height = 0] = size?.split('x').map(Number) ?? [];
    const result = await verisim.render(code, {
      ...kind,
      ...(size && { size: { width, height } }),
      signal: io.signal,
    });
    if (result.kind === 'render-failure') {
      if (json) io.print(`${JSON.stringify(result)}\n`);
      io.say(`verisim: ${path} does not render: ${result.outcome}: ${result.message}`);
      if (result.detail) io.say(result.detail);
      process.exitCode = exit.noResult;
      return;
    }
    const part = `${out}.${process.pid}.part`;
    await writeFile(part, result.picture.png).catch((cause: unknown) => {
      throw new ConfigError(`${out} cannot be written. Name a file in a folder that exists.`, { cause });
    });
    await rename(part, out);
    const { digest, width: wide, height: high } = result.picture;
    if (json) {
      io.print(
        `${JSON.stringify({ kind: 'rendered', picture: digest, width: wide, height: high, hacks: result.hacks })}\n`,
      );
    }
    for (const hack of result.hacks) io.say(`verisim: note: ${hack.message}`);
    io.say(`${out}: ${wide} x ${high} pixels`);
  });
}

/**
 * The task and language of a file of code: as said, else by its extension.
 * @throws ConfigError when neither tells.
 */
function kindOf(path: string, task?: string, language?: string): { task: string; language?: string } {
  const extension = extname(path).slice(1).toLowerCase();
  for (const candidate of tasks) {
    if (task !== undefined && candidate.name !== task) continue;
    const match = candidate.languages.find((known) =>
      language === undefined ? known.extension === extension : known.name === language,
    );
    if (match) return { task: candidate.name, language: match.name };
  }
  if (task !== undefined) return { task, ...(language !== undefined && { language }) };
  const known = tasks.flatMap(({ languages }) => languages.map((l) => `.${l.extension}`)).join(', ');
  throw new ConfigError(
    `What ${path} draws cannot be told from its name (known: ${known}). Say it with --task.`,
  );
}
