import { availableParallelism } from 'node:os';
import { z } from 'zod';

const MIB = 1024 * 1024;

export const MatplotlibOptions = z.strictObject({
  python: z
    .string()
    .optional()
    .describe('path or name of a Python that has matplotlib; found by trying when left out'),
  bubblewrap: z.string().optional().describe('path of bwrap; looked for on PATH when left out'),
  allowUnsandboxed: z
    .boolean()
    .default(false)
    .describe('run generated code without a sandbox where none can be had; it can then read your files'),
  workers: z
    .int()
    .min(1)
    .max(256)
    .default(() => availableParallelism())
    .describe('programs that run at the same time, each in a warm process; default: one a core'),
  cpuSeconds: z.int().min(1).default(20).describe('CPU time of a program, seconds'),
  wallSeconds: z.number().positive().max(3600).default(30).describe('time until a program is ended, seconds'),
  addressSpaceBytes: z
    .int()
    .min(512 * MIB)
    .default(2048 * MIB)
    .describe('memory that a program may map, bytes; Python with matplotlib and scipy takes about 300 MiB'),
  diskBytes: z
    .int()
    .min(MIB)
    .default(128 * MIB)
    .describe("a program's files together, bytes"),
  fileBytes: z
    .int()
    .min(1024)
    .default(64 * MIB)
    .describe('one file that a program writes, bytes'),
  files: z.int().min(16).default(2000).describe('files and folders that a program may make'),
  openFiles: z.int().min(32).max(4096).default(128).describe('files that a program may hold open'),
  outputPixels: z.int().min(1).default(50_000_000).describe('width times height of the picture'),
  codeBytes: z.int().min(1).default(MIB).describe('length of a program in UTF-8, bytes'),
});
/** Limits hold for each program alone. It is always one process (threads count as memory) without a network. */
export type MatplotlibOptions = z.infer<typeof MatplotlibOptions>;
