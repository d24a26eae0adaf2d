import { z } from 'zod';
import { RenderFailure } from '../../../core/render.ts';

export const MarkdownJob = z.object({ code: z.string() });
export type MarkdownJob = z.infer<typeof MarkdownJob>;

export const MarkdownReply = z.union([
  z.object({ kind: z.literal('html'), html: z.string() }),
  RenderFailure,
]);
export type MarkdownReply = z.infer<typeof MarkdownReply>;
