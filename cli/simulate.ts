import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { Command } from 'commander';
import * as z from 'zod';
import { samplesOf } from '../bench/compare/samples.ts';
import { ConfigError, DatasetError } from '../core/errors.ts';
import { type Corrupter, openCorrupter } from '../datasets/corrupt/corrupt.ts';
import { examplesFolder, type KnownPicture, loadKnownPictures } from '../datasets/known.ts';
import { openRenderers } from '../runtime/renderers.ts';
import { TaskName } from '../runtime/settings.ts';
import { corruptedSubject } from '../server/simulate/corrupted.ts';
import { modelsOf, SimulateOptions } from '../server/simulate/options.ts';
import { startSimulator } from '../server/simulate/start.ts';
import type { Subject } from '../server/simulate/subject.ts';
import { CommonOptions, configOf } from './config.ts';
import type { Io } from './io.ts';
import { addOptions, readOptions } from './options.ts';

const Options = z.strictObject({
  pictures: z
    .string()
    .optional()
    .describe(
      'what it plays: a folder of known pictures (NAME.png, NAME.<code>, NAME.damage.json); or, with --task, any folder or .jsonl file of pictures with their code; default: the examples',
    ),
  task: TaskName.optional().describe('what the pictures of a folder show, to damage their code by rule'),
  limit: z.int().min(1).optional().describe('only the first pictures of a dataset'),
  flaws: z.int().min(1).max(6).default(6).describe('damages thought of for each picture of a dataset'),
  profiles: z
    .string()
    .optional()
    .describe(
      'JSON file of further models: {"simulated-NAME": {"role": "generator", "mend": 0.9, …}}, the rest as the options say',
    ),
});

export function simulateCommand(io: Io): Command {
  const command = new Command('simulate').description(
    'Starts a server that knows the code of its pictures, returns it damaged, and mends what feedback names.\n\nFor tests and for trying Verisim without a model: nothing that it says is a measure of any model.',
  );
  const own = SimulateOptions.omit({ models: true });
  for (const schema of [own, Options, CommonOptions]) addOptions(command, schema);
  return command.action(async (given: Record<string, unknown>) => {
    const options = Options.parse(readOptions(Options, given));
    const settings = SimulateOptions.safeParse({
      ...readOptions(own, given),
      ...(options.profiles !== undefined && { models: await profilesIn(options.profiles) }),
    });
    if (!settings.success) {
      throw new ConfigError(`${options.profiles ?? 'The options'}: ${z.prettifyError(settings.error)}`);
    }
    const renderers = openRenderers(await configOf(given));
    const corrupter = openCorrupter({ rendererOf: (language) => renderers.of(language) });
    try {
      const parts = await partsOf(options, settings.data.seed, corrupter, io);
      const played = [...parts.pictures, ...parts.subjects];
      const languages = [...new Set(played.map(({ language }) => language.name))];
      await using simulator = await startSimulator(settings.data, {
        ...parts,
        renderers: languages.map((language) => renderers.of(language)),
      });
      io.print(`${simulator.url}\n`);
      const names = played.map(({ name }) => name);
      const shown = names.length > 5 ? `${names.length} pictures` : names.join(', ');
      io.say(`Plays ${[...modelsOf(settings.data).keys()].join(', ')} over ${shown}.`);
      const [first] = parts.pictures;
      if (first) {
        const folder = options.pictures ?? examplesFolder;
        io.say('Try, in another terminal:');
        io.say(`  export OPENAI_BASE_URL=${simulator.url}`);
        io.say(
          `  verisim refine ${join(folder, first.name)}.png --task ${first.task.name} --generator openai:simulated-generator --critic openai:simulated-critic`,
        );
      }
      if (!io.signal.aborted) await once(io.signal, 'abort');
    } finally {
      await corrupter.close();
      await renderers.close();
    }
  });
}

async function partsOf(
  { pictures: path = examplesFolder, task, limit, flaws: count }: z.infer<typeof Options>,
  seed: number,
  corrupter: Corrupter,
  io: Io,
): Promise<{ pictures: KnownPicture[]; subjects: Subject[] }> {
  if (task === undefined && extname(path) !== '.jsonl') {
    return { pictures: await loadKnownPictures(path), subjects: [] };
  }
  const subjects: Subject[] = [];
  const samples = await samplesOf(path, { task, limit, signal: io.signal });
  for (const { code, ...sample } of samples) {
    io.status(`  ${subjects.length} of ${samples.length} pictures`);
    if (code === undefined)
      throw new DatasetError(`${sample.source} has no code. Only pictures with their code can be played.`);
    subjects.push(await corruptedSubject({ ...sample, code }, { corrupter, seed, count }));
  }
  io.status('');
  return { pictures: [], subjects };
}

async function profilesIn(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    throw new ConfigError(
      `The profiles ${file} cannot be read: ${cause instanceof Error ? cause.message : cause}`,
      {
        cause,
      },
    );
  }
}
