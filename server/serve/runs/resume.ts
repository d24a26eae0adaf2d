import { setTimeout as sleep } from 'node:timers/promises';
import { cutTornLine } from '../../../runtime/batch-log.ts';
import type { Config } from '../../../runtime/config.ts';
import type { Admission } from '../admission.ts';
import { Refused } from '../refused.ts';
import type { OpenRun } from './run.ts';
import { recordWithout, roundsIn } from './unfinished.ts';

export interface ResumeParts {
  readonly config: Config;
  readonly turns: Admission;
  /** Set when the server stops before all of them have had their turn. */
  readonly stopping: AbortSignal;
  /** Carries a run out, its turn being there. */
  readonly take: (run: OpenRun, turn: Promise<() => void>) => Promise<unknown>;
  readonly failed: (run: OpenRun, error: unknown) => void;
}

/** Goes on with runs that a server before this one left, one after another, so that they do not fill the queue. */
export async function resumeRuns(runs: readonly OpenRun[], parts: ResumeParts): Promise<void> {
  for (const run of runs) {
    if (parts.stopping.aborted) return;
    try {
      await cutTornLine(run.folder.events);
      if (run.request.attached) await endAttached(run, parts);
      else {
        const turn = await roomFor(run, parts);
        if (turn) void parts.take(run, Promise.resolve(turn)).catch(() => undefined);
      }
    } catch (error) {
      parts.failed(run, error);
    }
  }
}

/** Nobody waits any more for a run of the chat endpoint; what it has done is kept. */
async function endAttached(run: OpenRun, { config }: ResumeParts): Promise<void> {
  const { request, folder } = run;
  const ending = { stopReason: 'cancelled', message: 'The server ended before the run did.' } as const;
  const [rounds, picture] = [await roundsIn(folder.events), await folder.reference(request)];
  const record = recordWithout(request, picture, config, { ...ending, rounds });
  await folder.finish(record);
  run.hear({ type: 'run-finished', record });
  await run.close(record);
}

/** Milliseconds until a full queue is asked again. */
const PATIENCE = 1000;

async function roomFor(run: OpenRun, { turns, stopping }: ResumeParts): Promise<(() => void) | undefined> {
  while (!stopping.aborted) {
    try {
      return await turns.enter(AbortSignal.any([run.signal, stopping]));
    } catch (error) {
      if (run.signal.aborted) return () => undefined;
      if (!(error instanceof Refused)) return undefined;
      await sleep(PATIENCE);
    }
  }
  return undefined;
}
