import { Command } from 'commander';
import { makeReports } from '../runtime/view.ts';
import type { Io } from './io.ts';

export function reportCommand(io: Io): Command {
  return new Command('report')
    .description(
      'Makes report.html and rounds/ of each run in the folders that `refine --out` wrote: a batch writes its records\nalone, since few of its runs are ever looked at. Prints the path of each page.',
    )
    .argument('<folder...>', 'the --out of a batch, or the folder of one run')
    .action(async (folders: string[]) => {
      for (const folder of folders) {
        for await (const page of makeReports(folder, io.signal)) io.print(`${page}\n`);
      }
    });
}
