import { ModelNeeded } from '../../../core/errors.ts';
import type { RunEvent } from '../../../core/event.ts';
import type { Picture } from '../../../core/picture.ts';
import type { RunRecord } from '../../../core/record.ts';
import type { Budget } from '../../../runtime/budget.ts';
import type { Config } from '../../../runtime/config.ts';
import type { Verisim } from '../../../runtime/verisim.ts';
import { refusalOf } from '../refused.ts';
import type { OpenRun } from './run.ts';
import { recordWithout } from './unfinished.ts';

/** How a run ended. */
export interface RunEnd {
  /** Null when the server ends first and the run goes on after its restart. */
  readonly record: RunRecord | null;
  /** What made it impossible, or broke it. */
  readonly error?: unknown;
}

export interface CarryOutParts {
  readonly config: Config;
  readonly verisim: Verisim;
  /** The reference, where it is at hand. */
  readonly picture?: Picture | undefined;
  /** Resolves when its turn has come, to what ends it. */
  readonly turn: Promise<() => void>;
  readonly budget: Budget | undefined;
  readonly emit: (event: RunEvent) => void;
  /** Whether the server is ending, and the run to be gone on with later. */
  readonly interrupted: () => boolean;
}

/** Seconds beyond its budget of time after which a run is cut off in the middle of a call. */
const GRACE = 60;
/** Timers hold no more than some 24 days. */
const LONGEST = 2_000_000;

/** Carries a run out and writes it down. Never throws for what happens in it. */
export async function carryOut(run: OpenRun, parts: CarryOutParts): Promise<RunEnd> {
  const { folder, journal } = run;
  const { record, error } = await attempt(run, parts);
  if (run.signal.aborted && parts.interrupted()) {
    await journal.after(() => folder.interrupt(record));
    await run.close(null);
    return { record: null, error };
  }
  // After all pictures, and before its end is told.
  await journal.after(() => folder.finish(record));
  parts.emit({ type: 'run-finished', record });
  await run.close(record);
  return { record, ...(error !== undefined && { error }) };
}

async function attempt(
  { request, folder, pictures, signal, start }: OpenRun,
  { config, verisim, picture: given, turn, budget, emit }: CarryOutParts,
): Promise<{ record: RunRecord; error?: unknown }> {
  const { id, name, task, settings } = request;
  const budgetTime = Math.min(settings.budgetTime ?? Infinity, config.serve.runTime);
  const picture = given ?? (await folder.reference(request));
  let leave: () => void = () => undefined;
  try {
    leave = await turn;
    start();
    const { record, error } = await verisim.refine(picture, {
      ...settings,
      task,
      id,
      name,
      pictures,
      budgetTime,
      // Where nobody comes back for it, nothing is to be replayed.
      ...(!request.attached && { calls: { folder: folder.calls, run: id } }),
      ...(budget && { budget }),
      signal: AbortSignal.any([signal, AbortSignal.timeout(Math.min(budgetTime + GRACE, LONGEST) * 1000)]),
      onEvent: (event) => {
        if (event.type !== 'run-finished') emit(event);
      },
    });
    return { record, error };
  } catch (error) {
    // A record is read on the page too, where advice on requests would be out of place.
    const message = error instanceof ModelNeeded ? error.message : refusalOf(error).message;
    const why = signal.aborted
      ? ({ stopReason: 'cancelled', message: 'Cancelled before it began.' } as const)
      : ({ stopReason: 'failed', message, error: { name: nameOf(error), message } } as const);
    return { record: recordWithout(request, picture, config, why), error };
  } finally {
    leave();
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'Error';
}
