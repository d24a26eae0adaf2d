import { SvgJob } from './job.ts';
import type { WorkerMessage } from './process.ts';

const say = (message: WorkerMessage) => void process.send?.(message);

// The parent is gone: nobody waits for an answer.
process.on('disconnect', () => process.exit());

try {
  const [{ drawSvg }, { default: sharp }] = await Promise.all([import('./draw.ts'), import('sharp')]);
  // Parallelism comes from the number of processes; more threads in each only cost memory.
  sharp.concurrency(1);
  sharp.cache(false);
  process.on('message', async (message) => {
    const reply = await drawSvg(SvgJob.parse(message));
    const { user, system } = process.cpuUsage();
    say({ reply, cpu: (user + system) / 1000 });
  });
  say({ ready: true });
} catch (error) {
  say({ broken: error instanceof Error ? error.message : String(error) });
}
