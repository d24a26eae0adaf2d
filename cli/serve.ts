import { once } from 'node:events';
import { Command } from 'commander';
import pino from 'pino';
import * as z from 'zod';
import { ServiceSettings } from '../runtime/service.ts';
import { newKey } from '../server/serve/keys.ts';
import { startService } from '../server/serve/start.ts';
import { CommonOptions, configOf } from './config.ts';
import { exit } from './exit.ts';
import type { Io } from './io.ts';
import { addOptions, readOptions } from './options.ts';

const { host, port, folder } = ServiceSettings.shape;
const Address = z.strictObject({ host, port, folder });
const Options = z.strictObject({
  newKey: z.string().optional().describe('print a new key for this NAME and what to configure, and end'),
  logLevel: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info').describe('what is logged'),
});

export function serveCommand(io: Io): Command {
  const command = new Command('serve').description(
    'Serves over HTTP what the other commands do: /v1/chat/completions for any OpenAI client, /v1/runs, rewards for trainers. Starts with the embedded models when nothing is configured. docs/service.md tells the rest.',
  );
  for (const schema of [Address, Options, CommonOptions]) addOptions(command, schema);
  return command.action(async (given: Record<string, unknown>) => {
    const { newKey: name, logLevel } = Options.parse(readOptions(Options, given));
    if (name !== undefined) {
      const { key, sha256 } = newKey();
      io.print(`${key}\n`);
      io.say('This key is shown only now. Under serve.keys of the configuration:');
      io.say(`  ${JSON.stringify({ name, sha256 })}`);
      return;
    }
    const base = await configOf(given);
    const config = {
      ...base,
      serve: ServiceSettings.parse({ ...base.serve, ...readOptions(Address, given) }),
    };
    const service = await startService(config, pino({ level: logLevel }, pino.destination(2)));
    io.linger();
    io.print(`${service.url}\n`);
    if (!io.signal.aborted) await once(io.signal, 'abort');
    const { drainTime } = config.serve;
    io.say(`Stopping: runs at work get up to ${drainTime} s to end. Ctrl-C again ends them now.`);
    await service.close();
    process.exitCode = exit.good;
  });
}
