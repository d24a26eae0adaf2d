import { readFile, writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import * as z from 'zod';
import { ConfigError } from '../core/errors.ts';
import { openCorrupter, operatorsFor } from '../datasets/corrupt/corrupt.ts';
import { CorruptOptions } from '../datasets/corrupt/damage.ts';
import { kindOf } from '../runtime/code-files.ts';
import { openRenderers } from '../runtime/renderers.ts';
import { TaskName } from '../runtime/settings.ts';
import { CommonOptions, configOf } from './config.ts';
import { exit } from './exit.ts';
import type { Io } from './io.ts';
import { addOptions, readOptions } from './options.ts';

const Options = z.strictObject({
  task: TaskName.optional().describe("what the code draws; default: by the file's extension"),
  language: z.string().optional().describe("language of the code; default: by the file's extension"),
  seed: CorruptOptions.shape.seed.default(1),
  count: CorruptOptions.shape.count,
  operators: CorruptOptions.shape.operators,
  unchecked: z
    .boolean()
    .default(false)
    .describe('do not render: faster, but a damage may not show, or the code not render'),
  out: z.string().optional().describe('a file to write the damaged code to as well'),
  list: z.boolean().default(false).describe('print the operators for the file as JSON instead, one a line'),
});

export function corruptCommand(io: Io): Command {
  const command = new Command('corrupt')
    .description(
      'Damages code by operators over its syntax tree and prints JSON: the damaged code and the exact list of discrepancies. Code is rendered, isolated, to see that each damage shows.',
    )
    .argument('<file>', 'Python, HTML, Markdown or SVG');
  for (const schema of [Options, CommonOptions]) addOptions(command, schema);
  return command.action(async (file: string, given: Record<string, unknown>) => {
    const { out, list, unchecked, ...wish } = Options.parse(readOptions(Options, given));
    const kind = kindOf(file, wish);
    if (list) {
      for (const operator of operatorsFor(kind.task, kind.language))
        io.print(`${JSON.stringify(operator)}\n`);
      return;
    }
    const code = await readFile(file, 'utf8').catch((cause: unknown) => {
      throw new ConfigError(`The code ${file} cannot be read. Name a file of code.`, { cause });
    });
    const renderers = openRenderers(await configOf(given));
    const corrupter = openCorrupter({ rendererOf: (language) => renderers.of(language) });
    try {
      const options = { ...wish, ...kind, check: !unchecked };
      const { with: _, ...damaged } = await corrupter.corrupt(code, options, io.signal);
      if (out !== undefined) {
        await writeFile(out, damaged.code).catch((cause: unknown) => {
          throw new ConfigError(`${out} cannot be written. Name another --out.`, { cause });
        });
      }
      io.print(`${JSON.stringify({ ...kind, seed: wish.seed, ...damaged })}\n`);
      const found = damaged.discrepancies.length;
      if (found < wish.count) io.say(`verisim: ${found} of ${wish.count} damages found a place in ${file}.`);
      process.exitCode = found > 0 ? exit.good : exit.noResult;
    } finally {
      await corrupter.close();
      await renderers.close();
    }
  });
}
