import { Command } from 'commander';
import {
  benchChartMimicCommand,
  benchOlmOcrCommand,
  benchOmniDocBenchCommand,
  benchUniSvgCommand,
} from './bench/benchmarks.ts';
import { benchCriticCommand } from './bench/critic.ts';
import { benchRewardBenchCommand } from './bench/vc-rewardbench.ts';
import type { Io } from './io.ts';

export function benchCommand(io: Io): Command {
  const command = new Command('bench').description(
    'Runs a benchmark, or scores what is there, and sets the figures beside published ones. Results are kept as they come: started again with the same --out, a run goes on where it ended.',
  );
  for (const make of [
    benchRewardBenchCommand,
    benchChartMimicCommand,
    benchOmniDocBenchCommand,
    benchOlmOcrCommand,
    benchUniSvgCommand,
    benchCriticCommand,
  ])
    command.addCommand(make(io));
  return command;
}
