import { z } from 'zod';
import { Hack, RenderFailure } from '../../../core/render.ts';
import { SvgOptions } from './options.ts';

/** What a drawing process is asked. */
export const SvgJob = z.object({
  code: z.string(),
  size: z.object({ width: z.int().min(1), height: z.int().min(1) }).optional(),
  limits: SvgOptions.pick({ maxBytes: true, maxElements: true, maxDepth: true, maxPixels: true }),
});
export type SvgJob = z.infer<typeof SvgJob>;
export type SvgLimits = SvgJob['limits'];

/** What it answers. */
export const SvgReply = z.union([
  z.object({ kind: z.literal('drawn'), png: z.instanceof(Uint8Array), hacks: z.array(Hack) }),
  RenderFailure,
]);
export type SvgReply = z.infer<typeof SvgReply>;
