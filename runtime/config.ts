import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as z from 'zod';
import { ConfigError } from '../core/errors.ts';
import { ModelSpec } from '../models/spec.ts';
import { withPreset } from './presets.ts';
import { ServiceSettings } from './service.ts';
import { Settings } from './settings.ts';

/** Everything that a configuration file may say. Keys to services never stand in it: they come from the environment. */
export const Config = Settings.extend({
  models: z
    .record(z.string(), ModelSpec)
    .default({})
    .describe('models by the names that --generator and --critic take'),
  serve: ServiceSettings.prefault({}).describe('how verisim serve serves'),
  $schema: z.string().optional().describe('for editors; ignored'),
  allowUnsandboxed: z
    .boolean()
    .default(false)
    .describe('run generated code without isolation where no sandbox can be had'),
  python: z.string().optional().describe('python3 with matplotlib; found by trying when left out'),
  chromium: z.string().optional().describe('Chromium or Chrome; found by trying when left out'),
  workers: z
    .int()
    .min(1)
    .max(64)
    .optional()
    .describe('renderers of each kind at work at once; default: cores'),
  cache: z
    .string()
    .min(1)
    .default('memory')
    .describe('where renders are kept to be given again: memory, off, or a folder that outlives the process'),
  cacheBytes: z
    .int()
    .min(0)
    .optional()
    .describe('bytes of pictures that the cache keeps; default: 64 MiB in memory, 2 GiB in a folder'),
});
export type Config = z.infer<typeof Config>;
/** What may be left out is left out. */
export type ConfigInput = z.input<typeof Config>;

const fileNames = ['verisim.config.ts', 'verisim.config.js', 'verisim.config.json'];

/**
 * Reads the configuration file: the one named, else verisim.config.{ts,js,json} in the folder, else none.
 * @throws ConfigError naming the file and each key that is wrong.
 */
export async function loadConfig(path?: string, folder = process.cwd()): Promise<ConfigInput> {
  const file = path === undefined ? findConfig(folder) : resolve(folder, path);
  if (file === undefined) return {};
  const content = await readConfig(file);
  const parsed = Config.safeParse(content);
  if (!parsed.success) throw new ConfigError(`${file} is wrong.\n${explain(parsed.error)}`);
  return withPreset(z.looseObject({}).parse(content));
}

/** @throws ConfigError naming each setting that is wrong. */
export function parseConfig(input: ConfigInput): Config {
  const parsed = Config.safeParse(withPreset(input));
  if (parsed.success) return parsed.data;
  throw new ConfigError(`The settings are wrong.\n${explain(parsed.error)}`);
}

function findConfig(folder: string): string | undefined {
  return fileNames.map((name) => resolve(folder, name)).find((file) => existsSync(file));
}

async function readConfig(file: string): Promise<unknown> {
  try {
    if (file.endsWith('.json')) return JSON.parse(await readFile(file, 'utf8'));
    const module: unknown = await import(pathToFileURL(file).href);
    const { default: config } = z.object({ default: z.unknown().optional() }).parse(module);
    if (config === undefined) throw new Error('it has no default export: export default { … }');
    return config;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new ConfigError(`The configuration file ${file} cannot be read: ${why}`, { cause });
  }
}

/** zod's own words, and for a mistyped key the nearest one that exists. */
function explain(error: z.ZodError): string {
  const known = Object.keys(Config.shape);
  const hints = error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys' && issue.path.length === 0
      ? issue.keys.map((key) => `  "${key}" is no setting; there are: ${known.join(', ')}.`)
      : [],
  );
  return [z.prettifyError(error), ...hints].join('\n');
}
