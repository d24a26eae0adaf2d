import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { type Renderer, type RenderFailure, RenderOutcome } from '../../core/render.ts';
import { handedOver } from '../../tools/render/handed-over.ts';
import { Trace, type Tracer } from './trace.ts';

/** What trace.py hands over. */
const Handed = z.discriminatedUnion('kind', [
  Trace.extend({ kind: z.literal('trace') }),
  z.object({ kind: z.literal('no-figure') }),
  z.object({
    kind: z.literal('failure'),
    outcome: RenderOutcome,
    message: z.string().max(1000),
    line: z.int().min(1).nullable(),
  }),
]);

/**
 * Traces matplotlib programs inside a renderer's sandbox: program and tracing script are rendered as one program,
 * whose picture holds the trace in its pixels. So a trace has every limit that a render has, and the sandbox hands
 * out nothing but pictures.
 * @param renderer of language matplotlib
 */
export function chartTracer(renderer: Renderer): Tracer {
  const script = readFileSync(join(import.meta.dirname, 'trace.py'), 'utf8');
  return async (code, signal) => {
    if (code.trim() === '') return failure('no-code', 'There is no code.');
    const program = `PROGRAM = "${Buffer.from(code).toString('base64')}"\n${script}`;
    const result = await renderer.render({ code: program, ...(signal && { signal }) });
    // A line that the sandbox names is one of the whole program's; no part of the code goes by it.
    if (result.kind === 'render-failure') return failure(result.outcome, result.message);
    const handed = Handed.safeParse(await handedOver(result.picture));
    if (!handed.success) return failure('runtime-error', 'The code garbled its own trace.');
    if (handed.data.kind === 'no-figure') {
      return failure('no-figure', 'The code ran, but made no figure: nothing was plotted, saved or shown.');
    }
    if (handed.data.kind === 'failure') {
      const { outcome, message, line } = handed.data;
      return { ...failure(outcome, message), ...(line !== null && { line }) };
    }
    const { kind: _, ...trace } = handed.data;
    return trace;
  };
}

function failure(outcome: RenderFailure['outcome'], message: string): RenderFailure {
  return { kind: 'render-failure', outcome, message };
}
