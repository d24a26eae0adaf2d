import * as z from 'zod';
import type { RenderFailure } from '../../core/render.ts';

const MAX_ENTRIES = 20_000;
const text = z.string().max(1000);
const entries = <T extends z.ZodType>(entry: T) => z.array(entry).max(MAX_ENTRIES);
const place = z.int().min(0);

/** What a matplotlib program drew, as far as ChartMimic's low-level scores look at it. */
export const Trace = z.object({
  texts: entries(text).describe('drawn strings, without ticks of x and y'),
  layout: entries(z.tuple([place, place, place, place, place, place])).describe(
    'of each subplot: rows, columns, first and last row, first and last column',
  ),
  calls: z.record(text, z.int().min(1)).describe('outermost plotting calls by function'),
  colours: entries(z.tuple([text, text])).describe(
    'function and what it drew with, #RRGGBB or the name of a colour map; each pair once, in drawing order',
  ),
});
export type Trace = z.infer<typeof Trace>;

/**
 * Runs a matplotlib program and says what it drew. A program that fails is data.
 * @throws RenderError or SandboxError when it cannot be run at all; the signal's reason when aborted.
 */
export type Tracer = (code: string, signal?: AbortSignal) => Promise<Trace | RenderFailure>;

export function isTrace(traced: Trace | RenderFailure): traced is Trace {
  return !('kind' in traced);
}
