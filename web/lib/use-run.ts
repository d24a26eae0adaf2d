import { useEffect, useState } from 'preact/hooks';
import type { RunEvent } from '../../core/event.ts';
import { type LiveRun, reduceEvent } from '../../core/live.ts';

/** The run that these events tell of so far, and what went wrong with the stream, if anything did. */
export function useRun(events: AsyncIterable<RunEvent>): { run: LiveRun | null; problem: string | null } {
  const [run, setRun] = useState<LiveRun | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  useEffect(() => {
    let current = true;
    async function follow() {
      for await (const event of events) {
        if (!current) return;
        setRun((before) => reduceEvent(before, event));
      }
    }
    follow().catch(
      (error: unknown) => current && setProblem(error instanceof Error ? error.message : String(error)),
    );
    return () => {
      current = false;
    };
  }, [events]);

  return { run, problem };
}
