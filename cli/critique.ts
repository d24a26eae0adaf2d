import { Command } from 'commander';
import * as z from 'zod';
import { ConfigError } from '../core/errors.ts';
import { Settings, TaskName } from '../runtime/settings.ts';
import { createVerisim } from '../runtime/verisim.ts';
import { CommonOptions, configOf } from './config.ts';
import { exit } from './exit.ts';
import type { Io } from './io.ts';
import { addOptions, readOptions } from './options.ts';

const Options = z.strictObject({
  task: TaskName.describe('what the pictures show'),
  critic: Settings.shape.critic,
  prompts: Settings.shape.prompts,
  json: z.boolean().default(false).describe('print the critique as JSON'),
});

export function critiqueCommand(io: Io): Command {
  const command = new Command('critique')
    .description('Lists the differences of a candidate picture from a reference, with severities 1 to 3.')
    .argument('<reference>', 'the picture as it should be')
    .argument('<candidate>', 'the picture to judge');
  for (const schema of [Options, CommonOptions]) addOptions(command, schema);
  return command.action(async (reference: string, candidate: string, given: Record<string, unknown>) => {
    if (given['task'] === undefined) {
      throw new ConfigError(`--task is missing. Say what the pictures show: ${TaskName.options.join(', ')}.`);
    }
    const { task, json } = Options.parse({ ...readOptions(Options, given) });
    const config = await configOf(given);
    await using verisim = createVerisim(config);
    const critique = await verisim.critique(reference, candidate, { task, signal: io.signal });
    if (json) io.print(`${JSON.stringify(critique)}\n`);
    if (critique.kind === 'critic-failure') {
      io.say(`verisim: no critique by ${critique.critic}: ${critique.reason}`);
      process.exitCode = exit.noResult;
      return;
    }
    if (json) return;
    const ordered = critique.discrepancies.toSorted((a, b) => b.severity - a.severity);
    for (const { severity, category, location, description } of ordered) {
      io.print(`${severity}  ${category}  ${[location, description].filter(Boolean).join(': ')}\n`);
    }
    io.print(`severity sum ${critique.severitySum}\n`);
  });
}
