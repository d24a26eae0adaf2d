import type { Command } from 'commander';
import type { Io } from './io.ts';

export interface CommandEntry {
  readonly name: string;
  /** What the list of commands says of it. */
  readonly summary: string;
  /** Loads it: the one that is asked for alone, as all of them together take a second to load. */
  readonly load: (io: Io) => Promise<Command>;
}

export const commands: readonly CommandEntry[] = [
  {
    name: 'refine',
    summary: 'picture in, refined code out',
    load: async (io) => (await import('./refine.ts')).refineCommand(io),
  },
  {
    name: 'render',
    summary: 'code in, pictures out, isolated',
    load: async (io) => (await import('./render.ts')).renderCommand(io),
  },
  {
    name: 'report',
    summary: 'the pages of a batch, or of one of its runs',
    load: async (io) => (await import('./report.ts')).reportCommand(io),
  },
  {
    name: 'critique',
    summary: 'two pictures in, their differences out',
    load: async (io) => (await import('./critique.ts')).critiqueCommand(io),
  },
  {
    name: 'corrupt',
    summary: 'code in, the same code got wrong, and what is wrong with it',
    load: async (io) => (await import('./corrupt.ts')).corruptCommand(io),
  },
  {
    name: 'score',
    summary: 'files and their references in, a metric of them out',
    load: async (io) => (await import('./score.ts')).scoreCommand(io),
  },
  {
    name: 'compare',
    summary: 'which way of spending the calls helps, on your pictures and with your models',
    load: async (io) => (await import('./compare.ts')).compareCommand(io),
  },
  {
    name: 'bench',
    summary: 'critics and models on the benchmarks of the field',
    load: async (io) => (await import('./bench.ts')).benchCommand(io),
  },
  {
    name: 'doctor',
    summary: 'what is installed, what is missing, and the line that mends it',
    load: async (io) => (await import('./doctor.ts')).doctorCommand(io),
  },
  {
    name: 'serve',
    summary: 'the service: an OpenAI-compatible endpoint, runs, rewards',
    load: async (io) => (await import('./serve.ts')).serveCommand(io),
  },
  {
    name: 'simulate',
    summary: 'an OpenAI-compatible server that plays both models by rules',
    load: async (io) => (await import('./simulate.ts')).simulateCommand(io),
  },
];
