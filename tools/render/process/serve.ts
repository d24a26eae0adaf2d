import type { WorkerMessage } from './process.ts';

/**
 * The inside of a worker process: loads its part, then answers one job after another.
 * A job that makes the handler throw ends the worker: what it left behind cannot be trusted.
 */
export async function serve(load: () => Promise<(job: unknown) => unknown>): Promise<void> {
  const say = (message: WorkerMessage) => void process.send?.(message);
  const broken = (error: unknown) => say({ broken: error instanceof Error ? error.message : String(error) });
  // The parent is gone: nobody waits for an answer.
  process.on('disconnect', () => process.exit());
  try {
    const handle = await load();
    process.on('message', async (job) => {
      try {
        const reply = await handle(job);
        const { user, system } = process.cpuUsage();
        say({ reply, cpu: (user + system) / 1000 });
      } catch (error) {
        broken(error);
      }
    });
    say({ ready: true });
  } catch (error) {
    broken(error);
  }
}
