import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { Severity } from '../../../core/discrepancy.ts';
import { DatasetError } from '../../../core/errors.ts';
import type { Renderer } from '../../../core/render.ts';
import { handedOver } from '../../../tools/render/handed-over.ts';
import { batched } from '../batched.ts';
import type { Stream } from '../draw.ts';
import { chartOperators } from './operators.ts';

const Edit = z.object({ start: z.int().min(0), end: z.int().min(0), text: z.string().max(100_000) });
const Change = z.object({
  severity: Severity,
  location: z.string().max(500),
  description: z.string().max(1000),
  edits: z.array(Edit).min(1),
  touches: z.array(z.string()),
});
const Found = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('found'), changes: z.record(z.string(), z.array(Change)) }),
  z.object({ kind: z.literal('unreadable'), message: z.string() }),
]);
type Found = z.infer<typeof Found>;

interface Job {
  readonly code: string;
  readonly seed: number;
  readonly operators: readonly string[];
}

/** What the operators propose for a program. @throws DatasetError when it cannot be parsed. */
export type ChartReader = (job: Job, signal?: AbortSignal) => Promise<Stream[]>;

const modules = ['source', 'data', 'structure', 'text', 'style'];
/** Programs that wait at the same time are read together, up to this many characters. */
const BATCH = 300_000;

/**
 * Reads matplotlib programs by Python's own parser, in the chart renderer's sandbox and with its limits. They are
 * parsed and never run.
 * @param renderer of language matplotlib
 */
export function chartReader(renderer: Renderer): ChartReader {
  const text = (name: string) => readFileSync(join(import.meta.dirname, `${name}.py`), 'utf8');
  const sources = Object.fromEntries(modules.map((name) => [name, text(name)]));
  const main = text('propose');
  const readAll = async (jobs: readonly Job[]): Promise<readonly (Found | string)[]> => {
    const job = Buffer.from(JSON.stringify({ modules: sources, jobs })).toString('base64');
    const result = await renderer.render({ code: `JOB = "${job}"\n${main}` });
    const found = result.kind === 'rendered' ? await handedOver(result.picture) : undefined;
    const parsed = z.array(Found).length(jobs.length).safeParse(found);
    if (parsed.success) return parsed.data;
    // One program may have brought down the others with it.
    if (jobs.length > 1) return (await Promise.all(jobs.map((one) => readAll([one])))).flat();
    return [result.kind === 'rendered' ? 'what was found in it cannot be read' : result.message];
  };
  const read = batched(readAll, ({ code }) => code.length, BATCH);
  return async (job, signal) => {
    signal?.throwIfAborted();
    const found = await unlessAborted(read(job), signal);
    if (typeof found === 'string' || found.kind === 'unreadable') {
      const why = typeof found === 'string' ? found : found.message;
      throw new DatasetError(`The program cannot be damaged: ${why}`);
    }
    const wanted = chartOperators.filter(({ name }) => job.operators.includes(name));
    return wanted.map((operator) => ({ operator, changes: found.changes[operator.name] ?? [] }));
  };
}

/** What a batch finds for others as well goes on; whoever no longer waits is told at once. */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  const stopped = Promise.withResolvers<never>();
  const stop = () => stopped.reject(signal?.reason);
  signal?.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([work, stopped.promise]);
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}
