import { availableParallelism } from 'node:os';
import { z } from 'zod';

const MIB = 1024 * 1024;

/** Settings of the browser that draws tables. Each exceeded limit is named in the failure. */
export const BrowserOptions = z.strictObject({
  executablePath: z
    .string()
    .optional()
    .describe('Chromium or Chrome; looked for in the usual places when left out'),
  bubblewrapPath: z.string().optional().describe('bwrap; looked for on PATH when left out'),
  allowUnsandboxed: z
    .boolean()
    .default(false)
    .describe('run Chromium without any sandbox where neither bubblewrap nor its own works'),
  workers: z
    .int()
    .min(1)
    .default(availableParallelism())
    .describe('tables drawn at the same time; one a core by default'),
  timeout: z.number().min(1).default(15_000).describe('milliseconds that one table may take'),
  maxBytes: z
    .int()
    .min(1)
    .default(2 * MIB)
    .describe('bytes of HTML'),
  maxPixels: z.int().min(1).default(24_000_000).describe('width times height of the laid out page'),
  maxSide: z.int().min(1).default(16_000).describe('pixels of the longer side of the laid out page'),
  jobsPerPage: z.int().min(1).default(200).describe('tables until a page and its context are replaced'),
  jobsPerBrowser: z.int().min(1).default(1_000).describe('tables until Chromium is replaced'),
  maxMemory: z
    .int()
    .min(1)
    .default(1024 * MIB)
    .describe('bytes resident in all processes of Chromium, beyond which it is replaced after a table'),
  maxProcessMemory: z
    .int()
    .min(512 * MIB)
    .default(3072 * MIB)
    .describe('bytes of data of one process of Chromium, beyond which it gets no more'),
});
export type BrowserOptions = z.infer<typeof BrowserOptions>;
