import { once } from 'node:events';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import * as z from 'zod';
import { loadKnownPictures } from '../datasets/known.ts';
import { openRenderers } from '../runtime/renderers.ts';
import { SimulateOptions } from '../server/simulate/options.ts';
import { startSimulator } from '../server/simulate/start.ts';
import { CommonOptions, configOf } from './config.ts';
import type { Io } from './io.ts';
import { addOptions, readOptions } from './options.ts';

/** The pictures that come with Verisim: one folder up in the sources and in dist/. */
const examples = fileURLToPath(new URL('../examples/', import.meta.url));

/** How the command line is called from where this file lies: in a clone it is not on the PATH. */
const called = import.meta.url.endsWith('.ts') ? 'npm run -s verisim --' : 'verisim';

const Options = z.strictObject({
  pictures: z
    .string()
    .optional()
    .describe('folder of known pictures: NAME.png, NAME.<code>, NAME.damage.json; default: the examples'),
});

export function simulateCommand(io: Io): Command {
  const command = new Command('simulate')
    .summary('an OpenAI-compatible server that plays both models by rules')
    .description(
      'Starts a server that knows the code of a few pictures, returns it damaged, and mends what feedback names. For tests and for trying Verisim without a model: nothing that it says is a measure of any model.',
    );
  for (const schema of [SimulateOptions, Options, CommonOptions]) addOptions(command, schema);
  return command.action(async (given: Record<string, unknown>) => {
    const { pictures: folder = examples } = Options.parse(readOptions(Options, given));
    const pictures = await loadKnownPictures(folder);
    const renderers = openRenderers(await configOf(given));
    const languages = [...new Set(pictures.map(({ language }) => language.name))];
    const simulator = await startSimulator(SimulateOptions.parse(readOptions(SimulateOptions, given)), {
      pictures,
      renderers: languages.map((language) => renderers.of(language)),
    });
    io.print(`${simulator.url}\n`);
    const [first] = pictures;
    io.say(
      `Plays simulated-generator and simulated-critic over ${pictures.map(({ name }) => name).join(', ')}.`,
    );
    if (first) {
      io.say('Try, in another terminal:');
      io.say(`  export OPENAI_BASE_URL=${simulator.url}`);
      io.say(
        `  ${called} refine ${join(relative('.', folder), `${first.name}.png`)} --task ${first.task.name} \\\n    --generator openai:simulated-generator --critic openai:simulated-critic`,
      );
    }
    if (!io.signal.aborted) await once(io.signal, 'abort');
    await simulator.close();
    await renderers.close();
  });
}
