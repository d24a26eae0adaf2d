/**
 * `npm run demo`: an icon, two tables and a chart, read and revised by the embedded generator and critic, and reported.
 * No model, no key, no network.
 */
import { join, parse, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { exit, interruptible } from '../cli/exit.ts';
import { openIo } from '../cli/io.ts';
import { progress } from '../cli/progress.ts';
import { VerisimError } from '../core/errors.ts';
import type { RunRecord } from '../core/record.ts';
import { severityOf } from '../core/stop.ts';
import { createVerisim } from '../runtime/verisim.ts';
import { writeRun } from '../runtime/write.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const out = join(root, 'out', 'demo');
const interruption = interruptible();
const { signal } = interruption;
const io = openIo(interruption);
const verisim = createVerisim();

const jobs = [
  { file: 'icon.png', task: 'svg' },
  { file: 'table.png', task: 'table' },
  // Small letters: the first reading is not the last.
  { file: 'reef.png', task: 'table' },
  { file: 'chart.png', task: 'chart' },
] as const;

let code: number = exit.good;
for (const { file, task } of jobs) {
  if (signal.aborted) break;
  const folder = join(out, parse(file).name);
  try {
    const { record, pictures } = await verisim.refine(join(root, 'examples', file), {
      task,
      generator: 'embedded',
      critic: 'embedded',
      // The embedded pair is deterministic: a round that mends nothing is followed by none that does.
      patience: 1,
      signal,
      onEvent: progress(io),
    });
    await writeRun(folder, record, pictures);
    if (record.best === null) code = exit.noResult;
    io.say(`  ${improvement(record)}`);
    io.say(`  report: ${relative(process.cwd(), join(folder, 'report.html'))}\n`);
  } catch (error) {
    // One missing part (Chromium, say) does not keep the others from being shown.
    if (!(error instanceof VerisimError)) throw error;
    io.say(`${file}: ${error.message}\n`);
    code = exit.wrongUse;
  }
}
await verisim.close();
if (!signal.aborted && code === exit.good)
  io.say(`Look at the reports in ${relative(process.cwd(), out)}/{icon,table,reef,chart}/report.html`);
process.exitCode = signal.aborted ? exit.interrupted : code;

/** What the rounds did, in words. */
function improvement({ rounds, best }: RunRecord): string {
  const [first, last] = [rounds[0], best === null ? undefined : rounds[best]];
  const [before, after] = [first && severityOf(first), last && severityOf(last)];
  if (before === undefined || after === undefined) return 'nothing was drawn that could be compared';
  return before === after
    ? `severity ${after} from the first draft on`
    : `severity ${before} in the first draft, ${after} after ${best} revision${best === 1 ? '' : 's'}`;
}
