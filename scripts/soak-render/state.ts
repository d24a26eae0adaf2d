import { readdir } from 'node:fs/promises';
import { memoryBelow, processesBelow } from '../bench-render/memory.ts';

/** What the renderers hold at a moment of rest. */
export interface State {
  readonly processes: number;
  /** Open files, pipes and sockets of this process. */
  readonly files: number;
  /** Entries in the folder for temporary files. */
  readonly temporary: number;
}

export async function stateOf(folder: string): Promise<State> {
  return {
    processes: (await processesBelow()).length,
    files: (await readdir('/proc/self/fd')).length,
    temporary: (await readdir(folder)).length,
  };
}

export interface MemorySample {
  /** Jobs that had ended. */
  readonly jobs: number;
  /** Bytes of this process and all below it. */
  readonly bytes: number;
  /** Bytes of this process alone. */
  readonly own: number;
}

/** Samples memory every two seconds until told to stop. */
export function watchMemory(jobs: () => number): { readonly samples: MemorySample[]; stop(): void } {
  const samples: MemorySample[] = [];
  const timer = setInterval(async () => {
    const own = process.memoryUsage.rss();
    samples.push({ jobs: jobs(), own, bytes: own + (await memoryBelow()) });
  }, 2000);
  return { samples, stop: () => clearInterval(timer) };
}

/** The median of the samples of one quarter of the jobs, bytes; quarters count from 1. */
export function quarterOf(
  samples: readonly MemorySample[],
  total: number,
  quarter: number,
  of: 'bytes' | 'own' = 'bytes',
): number {
  const within = samples
    .filter(({ jobs }) => jobs > (total * (quarter - 1)) / 4 && jobs <= (total * quarter) / 4)
    .map((sample) => sample[of])
    .sort((a, b) => a - b);
  return within[Math.floor(within.length / 2)] ?? Number.NaN;
}
