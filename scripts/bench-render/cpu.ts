import { readFile } from 'node:fs/promises';
import { processesBelow } from './memory.ts';

/** Linux counts processor time in hundredths of a second for every program (USER_HZ). */
const TICK = 10;

/**
 * Milliseconds of processor time that this process, those below it and those that ended below it have used
 * (Linux). What else the machine does hardly changes it, unlike wall time.
 */
export async function cpuTime(): Promise<number> {
  const all = [process.pid, ...(await processesBelow())].map(async (pid) => {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    // User and system time, its own and that of the children it has waited for: fields 14 to 17 of proc(5).
    const times = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return times.slice(11, 15).reduce((sum, time) => sum + Number(time), 0);
  });
  return (await Promise.all(all)).reduce((sum, ticks) => sum + ticks, 0) * TICK;
}
