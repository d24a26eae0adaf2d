import type { RunEvent } from '../../../core/event.ts';
import { type LiveRun, liveRunOf, reduceEvent } from '../../../core/live.ts';
import type { Picture, PictureStore } from '../../../core/picture.ts';
import type { Round, RunRecord } from '../../../core/record.ts';
import { memoryPictures } from '../../../tools/image/picture.ts';
import type { RunFolder } from './folder.ts';
import { type Journal, type JournalEntry, openJournal, readJournal } from './journal.ts';
import type { RunStatus, RunSummary, StoredRequest } from './request.ts';

/** A run of this server, whether it waits, goes on, or is finished. */
export interface Run {
  readonly request: StoredRequest;
  readonly folder: RunFolder;
  status(): RunStatus;
  summary(): RunSummary;
  /** Its events, those so far and those to come, to its end. */
  events(after: number, signal: AbortSignal): AsyncGenerator<JournalEntry>;
  /** Ends it, if it has not ended; what is done is kept. */
  cancel(reason: string): void;
}

/** A run that has not ended yet, for whoever carries it out. */
export interface OpenRun extends Run {
  readonly signal: AbortSignal;
  readonly journal: Journal;
  readonly pictures: PictureStore;
  /** Its turn has come. */
  start(): void;
  hear(event: RunEvent): void;
  /** It is over; `record` is null when it goes on after a restart. */
  close(record: RunRecord | null): Promise<void>;
}

/** A run as it was left on disk, or as it is about to begin. */
export function runOf(request: StoredRequest, folder: RunFolder, record: RunRecord | null): OpenRun {
  const controller = new AbortController();
  let waiting: (() => void)[] = [];
  let status: RunStatus = record ? 'finished' : 'queued';
  let ended = record !== null;
  let digest = record ? digestOf(liveRunOf(record)) : digestOf(null);
  let live: LiveRun | null = null;

  const changed = () => {
    const woken = waiting;
    waiting = [];
    for (const wake of woken) wake();
  };
  const change = () => new Promise<void>((resolve) => void waiting.push(resolve));
  const journal = openJournal(folder.events, changed);
  let memory = memoryPictures();
  const put = (picture: Picture) => {
    memory.put(picture);
    // Before the event that names it, as the journal keeps the order.
    void journal.after(() => folder.putPicture(picture)).catch(() => undefined);
  };
  return {
    request,
    folder,
    signal: controller.signal,
    journal,
    pictures: { put, get: (name) => memory.get(name) },
    status: () => status,
    summary() {
      const { id, name, task, picture, createdAt } = request;
      return { id, status, name, task, picture, createdAt, ...digest };
    },
    events(after, signal) {
      signal.addEventListener('abort', changed, { once: true });
      return readJournal(folder.events, { after, live: () => !ended, change, signal });
    },
    cancel(reason) {
      if (!ended) controller.abort(new Error(reason));
    },
    start() {
      status = 'running';
    },
    hear(event) {
      if (event.type !== 'code-delta') {
        live = reduceEvent(live, event);
        if (event.type === 'round-finished' || event.type === 'run-finished') digest = digestOf(live);
      }
      journal.append(event);
    },
    async close(closing) {
      if (closing) {
        digest = digestOf(liveRunOf(closing));
        status = 'finished';
      }
      await journal.end();
      // They are on disk now; a thousand kept runs must not hold theirs.
      memory = memoryPictures();
      live = null;
      ended = true;
      changed();
    },
  };
}

type Digest = Omit<RunSummary, 'id' | 'status' | 'name' | 'task' | 'picture' | 'createdAt'>;

function digestOf(run: LiveRun | null): Digest {
  if (!run) {
    const nothing = { endedAt: null, stopReason: null, severity: null };
    return { ...nothing, message: '', rounds: 0, tokens: 0, cost: 0 };
  }
  const { rounds, best, stopReason, message, totals, record } = run;
  const { inputTokens, outputTokens, cost } = totals.usage;
  const kept = best === null ? undefined : rounds[best];
  return {
    endedAt: record?.endedAt ?? null,
    stopReason,
    message,
    rounds: rounds.length,
    severity: severityIn(kept),
    tokens: inputTokens + outputTokens,
    cost,
  };
}

function severityIn(round: Pick<Round, 'critique'> | undefined): number | null {
  return round?.critique?.kind === 'critique' ? round.critique.severitySum : null;
}
