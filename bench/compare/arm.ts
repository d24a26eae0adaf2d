import * as z from 'zod';
import { ConfigError } from '../../core/errors.ts';
import { Settings } from '../../runtime/settings.ts';

/** One way of spending the calls: a strategy, and settings that differ from the configuration's. */
export interface Arm {
  /** As it was given, e.g. `refine:rounds=5`. */
  readonly name: string;
  readonly settings: Partial<Settings>;
}

const Strategy = Settings.shape.strategy;
const fields: Readonly<Record<string, z.ZodType>> = Settings.omit({ strategy: true }).shape;

/**
 * Arms from their names: `refine`, or with settings of its own `best-of-n:drafts=8:criticSamples=3`, named as in the
 * configuration. Models are named as there too: `provider:model` would not be told from a setting.
 * @throws ConfigError naming what is wrong.
 */
export function armsOf(names: readonly string[]): Arm[] {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new ConfigError(
      `The strategy "${twice}" is named twice. To compare it with itself, add :threshold=0.`,
    );
  }
  if (names.length < 2) throw new ConfigError('Name two strategies at least: --strategies direct,refine.');
  return names.map(armOf);
}

function armOf(name: string): Arm {
  const [first = '', ...rest] = name.split(':');
  const strategy = Strategy.safeParse(first);
  if (!strategy.success) {
    throw new ConfigError(
      `There is no strategy "${first}". There are: ${Strategy.unwrap().options.join(', ')}.`,
    );
  }
  const settings = rest.map((text) => settingOf(text, name));
  return { name, settings: { strategy: strategy.data, ...Object.fromEntries(settings) } };
}

function settingOf(text: string, arm: string): [string, unknown] {
  const at = text.indexOf('=');
  const [key, value] = [text.slice(0, at), text.slice(at + 1)];
  const field = at < 0 ? undefined : fields[key];
  if (!field) {
    throw new ConfigError(
      `"${text}" in the strategy "${arm}" is no setting. Write e.g. refine:rounds=5; settings: ${Object.keys(fields).join(', ')}.`,
    );
  }
  for (const candidate of [
    value,
    Number(value),
    value === 'true' ? true : value === 'false' ? false : value,
  ]) {
    const parsed = field.safeParse(candidate);
    if (parsed.success) return [key, parsed.data];
  }
  const why = z.prettifyError(
    field.safeParse(Number.isNaN(Number(value)) ? value : Number(value)).error ?? new z.ZodError([]),
  );
  throw new ConfigError(`"${text}" in the strategy "${arm}" is wrong: ${why}`);
}
