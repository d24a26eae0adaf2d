import * as z from 'zod';
import { ConfigError, DatasetError } from '../../core/errors.ts';
import type { Renderer } from '../../core/render.ts';
import { languageOf, taskNamed } from '../../core/tasks/index.ts';
import { CorruptOptions, type Damaged, type Proposal } from './damage.ts';
import { drawn } from './draw.ts';
import { edited } from './edits.ts';
import { openReader } from './languages.ts';
import { operatorsFor } from './operators.ts';
import { takeSeen } from './seen.ts';

export type { CorruptOptions, Damaged } from './damage.ts';
export { operatorsFor } from './operators.ts';

export interface CorrupterParts {
  /** The renderer of a language; its owner closes it, after the corrupter. Charts are also read by theirs. */
  readonly rendererOf: (language: string) => Renderer;
}

/** Gets code wrong on purpose. */
export interface Corrupter {
  /**
   * Damages code in up to `count` places. The same code, seed and renderers give the same damage; the operators
   * that find no place in it are passed over, so that there may be fewer damages, or none.
   * @throws ConfigError when an option is wrong; DatasetError when the code cannot be read, or does not render;
   *   the signal's reason when aborted.
   */
  corrupt(code: string, options: CorruptOptions, signal?: AbortSignal): Promise<Damaged>;
  /** Ends the processes that were started. */
  close(): Promise<void>;
}

const MAX_BYTES = 512 * 1024;

/**
 * @example
 * const corrupter = openCorrupter({ rendererOf: (language) => renderers.of(language) });
 * const { code, discrepancies } = await corrupter.corrupt(icon, { task: 'svg', seed: 7, count: 2 });
 * await corrupter.close();
 */
export function openCorrupter({ rendererOf }: CorrupterParts): Corrupter {
  const reader = openReader(rendererOf);
  return {
    async corrupt(written, given, signal) {
      // No parser counts a byte order mark as one of the code's characters.
      const code = written.startsWith('\ufeff') ? written.slice(1) : written;
      const options = optionsOf(given);
      const task = taskNamed(options.task);
      const language = languageOf(task, options.language).name;
      const operators = namesOf(options.operators, task.name, language);
      const bytes = Buffer.byteLength(code);
      if (bytes > MAX_BYTES) {
        throw new DatasetError(`The code is ${bytes} bytes long; at most ${MAX_BYTES} can be damaged.`);
      }
      signal?.throwIfAborted();
      const { seed, count, check } = options;
      const source = await reader.read(language, code, { seed, operators, ...(signal && { signal }) });
      const draw = (taken: readonly Proposal[]) => drawn(source.streams, seed, taken);
      const taken = check
        ? await takeSeen(source.code, count, draw, rendererOf(language), signal)
        : take(draw, count);
      return damagedOf(source.code, taken);
    },
    close: () => reader.close(),
  };
}

function take(draw: (taken: readonly Proposal[]) => Iterable<Proposal>, count: number): Proposal[] {
  const taken: Proposal[] = [];
  for (const proposal of draw(taken)) {
    taken.push(proposal);
    if (taken.length >= count) break;
  }
  return taken;
}

function damagedOf(code: string, taken: readonly Proposal[]): Damaged {
  const of = (kept: readonly Proposal[]) =>
    edited(
      code,
      kept.flatMap(({ edits }) => edits),
    );
  return {
    code: of(taken),
    discrepancies: taken.map(({ operator: { category }, severity, location, description, box }) => ({
      ...{ category, severity, location, description },
      ...(box && { box }),
    })),
    operators: taken.map(({ operator }) => operator.name),
    with: (kept) => of(taken.filter((_, index) => kept.includes(index))),
  };
}

function optionsOf(given: CorruptOptions): z.output<typeof CorruptOptions> {
  const result = CorruptOptions.safeParse(given);
  if (result.success) return result.data;
  throw new ConfigError(`The options of damage are wrong:\n${z.prettifyError(result.error)}`);
}

function namesOf(wanted: readonly string[] | undefined, task: string, language: string): readonly string[] {
  const known = operatorsFor(task, language).map(({ name }) => name);
  const unknown = wanted?.find((name) => !known.includes(name));
  if (unknown === undefined) return wanted ?? known;
  throw new ConfigError(`No operator "${unknown}" damages ${language}. Use some of: ${known.join(', ')}.`);
}
