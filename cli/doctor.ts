import { Command } from 'commander';
import * as z from 'zod';
import { checkAll } from '../runtime/doctor.ts';
import { CommonOptions, configOf } from './config.ts';
import { exit } from './exit.ts';
import type { Io } from './io.ts';
import { addOptions, readOptions } from './options.ts';
import { styles } from './style.ts';

const Options = z.strictObject({
  json: z.boolean().default(false).describe('print the checks as JSON'),
});

export function doctorCommand(io: Io): Command {
  const command = new Command('doctor').description(
    'Looks for everything that Verisim stands on, and asks the configured models whether they answer.',
  );
  for (const schema of [Options, CommonOptions]) addOptions(command, schema);
  return command.action(async (given: Record<string, unknown>) => {
    const { json } = Options.parse(readOptions(Options, given));
    const checks = await checkAll(await configOf(given), io.signal);
    const broken = checks.some(({ ok, optional }) => !ok && !optional);
    process.exitCode = broken ? exit.noResult : exit.good;
    if (json) {
      io.print(`${JSON.stringify(checks, null, 2)}\n`);
      return;
    }
    const { bold, dim, good, bad, warn } = styles(io.colours);
    for (const { name, ok, optional, detail, remedy } of checks) {
      const mark = ok ? good('ok     ') : optional ? warn('absent ') : bad('missing');
      io.print(`${mark}  ${bold(name)}  ${dim(detail)}\n`);
      if (!ok && remedy) io.print(`         ${remedy}\n`);
    }
  });
}
