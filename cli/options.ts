import { type Command, Option } from 'commander';
import * as z from 'zod';
import { ConfigError } from '../core/errors.ts';

type Fields = Readonly<Record<string, z.ZodType>>;

const Property = z.looseObject({
  type: z.string().optional(),
  description: z.string().default(''),
  default: z.unknown().optional(),
  enum: z.array(z.string()).optional(),
});

/**
 * Adds one command-line option for each field of a schema: `budgetTokens` becomes `--budget-tokens <number>`,
 * a boolean a flag, an enum a choice. Descriptions and defaults are the schema's own.
 */
export function addOptions(command: Command, schema: z.ZodObject<Fields>): Command {
  const properties = z
    .record(z.string(), Property)
    .parse(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }).properties ?? {});
  for (const [name, property] of Object.entries(properties)) {
    const { type, description, default: preset, enum: choices } = property;
    const flag = `--${kebab(name)}`;
    const value =
      type === 'boolean'
        ? ''
        : ` <${choices ? choices.join('|') : type === 'array' ? 'a,b' : (type ?? 'text')}>`;
    const shown =
      preset === undefined || preset === false || String(preset) === ''
        ? ''
        : ` (default: ${String(preset)})`;
    command.addOption(new Option(`${flag}${value}`, `${description}${shown}`));
  }
  return command;
}

/**
 * The options that were given, each checked by its field; what was not given is left out, so that a
 * configuration file's values can stand in before the whole is parsed. Numbers arrive as text.
 * @throws ConfigError naming the option and what it takes.
 */
export function readOptions(
  schema: z.ZodObject<Fields>,
  given: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(schema.shape)) {
    const text = given[name];
    if (text === undefined) continue;
    const { type } = Property.parse(z.toJSONSchema(field, { io: 'input', unrepresentable: 'any' }));
    const parsed = field.safeParse(typed(text, type));
    if (!parsed.success) {
      throw new ConfigError(
        `--${kebab(name)} ${String(text)}: ${parsed.error.issues.map(wordsOf).join('; ')}.`,
      );
    }
    values[name] = parsed.data;
  }
  return values;
}

function wordsOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_value') return `it takes one of ${issue.values.join(', ')}`;
  if (issue.code === 'invalid_type' && /int|number/.test(issue.expected)) return 'it takes a number';
  return issue.message;
}

/** Text from the command line as the schema's type: a number, or a list parted by commas. */
function typed(text: unknown, type: string | undefined): unknown {
  if (typeof text !== 'string') return text;
  if (type === 'array') return text.split(',').map((part) => part.trim());
  const numeric = type === 'integer' || type === 'number';
  return numeric && text.trim() !== '' ? Number(text) : text;
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
