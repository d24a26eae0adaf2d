import { availableParallelism } from 'node:os';
import { z } from 'zod';

const MIB = 1024 * 1024;

/** Limits of the SVG renderer. Each exceeded limit is named in the failure. */
export const SvgOptions = z.strictObject({
  workers: z
    .int()
    .min(1)
    .default(availableParallelism())
    .describe('processes that draw at the same time; one a core by default'),
  timeout: z.number().min(1).default(10_000).describe('milliseconds that one drawing may take'),
  maxMemory: z
    .int()
    .min(1024 * MIB)
    .default(4096 * MIB)
    .describe('bytes of address space of one drawing process, of which Node itself takes about 1 GiB'),
  maxBytes: z
    .int()
    .min(1)
    .default(2 * MIB)
    .describe('bytes of SVG source'),
  maxElements: z.int().min(1).default(50_000).describe('elements, each <use> counted as what it repeats'),
  maxDepth: z.int().min(1).default(128).describe('levels of nesting, through <use> as well'),
  maxPixels: z
    .int()
    .min(1)
    .default(50_000_000)
    .describe('width times height of the picture, and of embedded rasters'),
});
export type SvgOptions = z.infer<typeof SvgOptions>;
