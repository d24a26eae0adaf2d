import * as z from 'zod';
import { Config, loadConfig } from '../runtime/config.ts';
import { withPreset } from '../runtime/presets.ts';
import { Settings } from '../runtime/settings.ts';
import { readOptions } from './options.ts';

/** Options that every command takes which opens models or renderers. */
export const CommonOptions = z.strictObject({
  config: z.string().optional().describe('configuration file; default: verisim.config.{ts,js,json} here'),
  allowUnsandboxed: Config.shape.allowUnsandboxed,
  cache: Config.shape.cache,
});

/** The configuration file's settings with the command line's in their place. */
export async function configOf(given: Readonly<Record<string, unknown>>): Promise<Config> {
  const { config: file, ...common } = readOptions(CommonOptions, given);
  const base = await loadConfig(typeof file === 'string' ? file : undefined);
  return Config.parse({ ...base, ...withPreset(readOptions(Settings, given)), ...common });
}
