import * as z from 'zod';
import type { Picture } from './picture.ts';

/** Why generated code gave no picture. */
export const RenderOutcome = z.enum([
  'no-code',
  'not-rendered', // the run ended before the code was rendered
  'syntax-error',
  'runtime-error',
  'timeout',
  'memory',
  'output-limit',
  'blank',
  'no-figure',
  'forbidden',
  'invalid-markup',
]);
export type RenderOutcome = z.infer<typeof RenderOutcome>;

/** Generated code that did not render: data for the next round, not an exception. */
export const RenderFailure = z.object({
  kind: z.literal('render-failure'),
  outcome: RenderOutcome,
  message: z.string().describe('one line: what went wrong, with the limit that was exceeded where one was'),
  line: z.int().min(1).optional().describe('line of the generated code'),
  detail: z
    .string()
    .optional()
    .describe('traceback or parser output, trimmed to what helps to mend the code'),
});
export type RenderFailure = z.infer<typeof RenderFailure>;

/** Something in the code that fakes likeness instead of drawing. */
export const Hack = z.object({
  kind: z.enum(['blank', 'embedded-raster']),
  message: z.string(),
});
export type Hack = z.infer<typeof Hack>;

export interface Rendered {
  readonly kind: 'rendered';
  readonly picture: Picture;
  readonly hacks: readonly Hack[];
}

export type RenderResult = Rendered | RenderFailure;

export interface RenderRequest {
  readonly code: string;
  /**
   * The reference picture's size in pixels. SVG is rendered at this size; charts and tables keep the size
   * that their code asks for.
   */
  readonly size?: { readonly width: number; readonly height: number };
  readonly signal?: AbortSignal;
}

/**
 * Turns code of one language into a picture. Failures of the code are returned.
 * @throws RenderError or SandboxError when the renderer itself cannot work; the signal's reason when aborted.
 */
export interface Renderer {
  readonly name: string;
  /** Changes whenever the same code may give other bytes: part of the render cache's key. */
  readonly version: string;
  /** Name of the language that it renders. */
  readonly language: string;
  render(request: RenderRequest): Promise<RenderResult>;
  /** Ends child processes and frees what is held. The renderer is not used afterwards. */
  close(): Promise<void>;
}
