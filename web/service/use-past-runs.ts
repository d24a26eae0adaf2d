import { useEffect, useState } from 'preact/hooks';
import type { Client } from '../lib/client.ts';
import type { RunSummary } from '../lib/service-schemas.ts';

/** Milliseconds between two looks at runs that go on. */
const AGAIN = 3000;

export interface PastRuns {
  readonly runs: readonly RunSummary[];
  readonly hasMore: boolean;
  readonly problem: string | null;
  /** Asks for those before the last. */
  more(): void;
}

/** The caller's runs, newest first; looked at again while one of them goes on. */
export function usePastRuns(client: Client): PastRuns {
  const [runs, setRuns] = useState<readonly RunSummary[]>([]);
  const [hasMore, setHasMore] = useState<boolean | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const failed = (error: unknown) => setProblem(error instanceof Error ? error.message : String(error));
  const goesOn = runs.some(({ status }) => status !== 'finished');

  useEffect(() => {
    let current = true;
    async function look() {
      const newest = await client.runs();
      if (!current) return;
      const ids = new Set(newest.data.map(({ id }) => id));
      setRuns((before) => [...newest.data, ...before.filter(({ id }) => !ids.has(id))]);
      setHasMore((known) => known ?? newest.hasMore);
      setProblem(null);
    }
    look().catch(failed);
    const timer = goesOn ? setInterval(() => look().catch(failed), AGAIN) : undefined;
    return () => {
      current = false;
      clearInterval(timer);
    };
  }, [client, goesOn]);

  async function more() {
    const older = await client.runs(runs.at(-1)?.id);
    setRuns([...runs, ...older.data]);
    setHasMore(older.hasMore);
  }

  return { runs, hasMore: hasMore ?? false, problem, more: () => void more().catch(failed) };
}
