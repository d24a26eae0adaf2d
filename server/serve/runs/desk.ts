import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunEvent } from '../../../core/event.ts';
import type { Picture } from '../../../core/picture.ts';
import type { Config } from '../../../runtime/config.ts';
import type { ClientSettings } from '../../../runtime/service.ts';
import type { Verisim } from '../../../runtime/verisim.ts';
import type { Admission } from '../admission.ts';
import type { Caller } from '../keys.ts';
import { Refused } from '../refused.ts';
import { carryOut, type RunEnd } from './carry-out.ts';
import { keptRuns, runFolder } from './folder.ts';
import type { StoredRequest } from './request.ts';
import { resumeRuns } from './resume.ts';
import { type OpenRun, type Run, runOf } from './run.ts';

/** What is asked of a run. */
export interface RunWish {
  readonly name: string;
  readonly task: StoredRequest['task'];
  readonly settings: ClientSettings;
  /** It ends when the client that waits for it goes away, and does not go on after a restart. */
  readonly attached?: boolean;
  readonly idempotency?: StoredRequest['idempotency'];
  readonly onEvent?: (event: RunEvent) => void;
}

export interface Begun {
  readonly run: Run;
  /** False: an earlier request of the same idempotency key began it. */
  readonly isNew: boolean;
  readonly end: Promise<RunEnd>;
}

export interface RunDesk {
  /**
   * Takes a run on: once this resolves, no kill loses it.
   * @throws Refused 429 when too many wait, 409 when the idempotency key was used for something else.
   */
  begin(wish: RunWish, picture: Picture, caller: Caller): Promise<Begun>;
  /** @throws Refused (404) when the caller has no such run. */
  find(id: string, caller: Caller): Run;
  /** The caller's runs, newest first. */
  list(caller: Caller): readonly Run[];
  /** Gives the runs at work so many milliseconds to end, then ends them. */
  close(patience: number): Promise<void>;
}

export interface DeskParts {
  readonly config: Config;
  readonly verisim: Verisim;
  readonly turns: Admission;
  /** Who a run belongs to that goes on after a restart. */
  readonly callerNamed: (name: string | null) => Caller | undefined;
  readonly observe: (run: Run, event: RunEvent) => void;
  readonly ended: (run: Run, end: RunEnd) => void;
}

/** Opens the folder of runs, and goes on with those that a server before this one left unfinished. */
export async function openDesk({
  config,
  verisim,
  turns,
  callerNamed,
  ...told
}: DeskParts): Promise<RunDesk> {
  const { folder: place, keepRuns } = config.serve;
  const parent = join(place, 'runs');
  /** In the order in which they came. */
  const runs = new Map<string, OpenRun>();
  const byKey = new Map<string, OpenRun>();
  const work = new Map<string, Promise<RunEnd>>();
  const stopping = new AbortController();
  /** Runs that the end of the server has cut off. */
  const cut = new Set<string>();

  await mkdir(parent, { recursive: true });
  const left: OpenRun[] = [];
  for await (const { request, folder, record } of keptRuns(parent)) {
    const run = runOf(request, folder, record);
    remember(run);
    if (!record) left.push(run);
  }
  void resumeRuns(left, {
    config,
    turns,
    stopping: stopping.signal,
    take: (run, turn) => take(run, turn, callerNamed(run.request.owner)),
    // Its folder is damaged; the others are not.
    failed: (run, error) => told.ended(run, { record: null, error }),
  });

  function remember(run: OpenRun): void {
    const { id, idempotency } = run.request;
    runs.set(id, run);
    if (idempotency) byKey.set(idempotency.key, run);
  }

  async function forget(run: OpenRun): Promise<void> {
    const { id, idempotency } = run.request;
    runs.delete(id);
    if (idempotency) byKey.delete(idempotency.key);
    await run.folder.remove();
  }

  async function forgetOldest(): Promise<void> {
    const finished = [...runs.values()].filter((run) => run.status() === 'finished');
    for (const run of finished.slice(0, Math.max(0, finished.length - keepRuns))) await forget(run);
  }

  /** Sees to it that the run is carried out. */
  function take(
    run: OpenRun,
    turn: Promise<() => void>,
    caller: Caller | undefined,
    { wish, picture }: { readonly wish?: RunWish; readonly picture?: Picture } = {},
  ) {
    const emit = (event: RunEvent) => {
      run.hear(event);
      told.observe(run, event);
      wish?.onEvent?.(event);
    };
    const interrupted = () => cut.has(run.request.id);
    const end = carryOut(run, {
      config,
      verisim,
      picture,
      turn,
      budget: caller?.budget,
      emit,
      interrupted,
    });
    const noted = end.finally(() => work.delete(run.request.id));
    work.set(run.request.id, noted);
    return noted.then(
      (done) => {
        told.ended(run, done);
        void forgetOldest().catch(() => undefined);
        return done;
      },
      async (error: unknown) => {
        // It could not be written down: whoever listens is told that there is no more, and the next start tries again.
        await run.close(null);
        told.ended(run, { record: null, error });
        throw error;
      },
    );
  }

  function cutOff(run: OpenRun): void {
    if (!run.request.attached) cut.add(run.request.id);
    run.cancel('The server is stopping.');
  }

  return {
    async begin(wish, picture, caller) {
      const { idempotency = null } = wish;
      const known = idempotency && byKey.get(idempotency.key);
      if (known) {
        if (known.request.idempotency?.request !== idempotency.request) throw usedOtherwise();
        const end = work.get(known.request.id);
        return { run: known, isNew: false, end: end ?? known.folder.record().then((record) => ({ record })) };
      }
      if (stopping.signal.aborted) throw isStopping();
      caller.checkBudget();
      const request = requestOf(wish, picture, caller);
      const run = runOf(request, runFolder(join(parent, request.id)), null);
      const release = caller.hold();
      try {
        const turn = turns.enter(run.signal);
        // Awaited once the run is written; until then a rejection is not unheard.
        turn.catch(() => undefined);
        remember(run);
        const written = run.journal.after(() => run.folder.begin(request, picture));
        // Its client waits, and nobody comes back for it after a kill: it need not wait for the disk.
        if (request.attached) written.catch(() => undefined);
        else {
          await written.catch(async (error: unknown) => {
            run.cancel('it could not be written');
            void turn.then(
              (leave) => leave(),
              () => undefined,
            );
            await forget(run);
            throw error;
          });
        }
        return { run, isNew: true, end: take(run, turn, caller, { wish, picture }).finally(release) };
      } catch (error) {
        release();
        throw error;
      }
    },
    find(id, caller) {
      const run = runs.get(id);
      if (run && run.request.owner === caller.name) return run;
      throw new Refused({ status: 404, message: 'There is no such run.', code: 'run_not_found' });
    },
    list: (caller) => [...runs.values()].filter(({ request }) => request.owner === caller.name).reverse(),
    async close(patience) {
      stopping.abort(new Error('The server is stopping.'));
      const open = () => [...work.keys()].flatMap((id) => runs.get(id) ?? []);
      // What has not begun need not begin now.
      for (const run of open()) if (run.status() === 'queued') cutOff(run);
      const all = Promise.allSettled(work.values());
      await Promise.race([all, sleep(patience, undefined, { ref: false })]);
      for (const run of open()) cutOff(run);
      await all;
    },
  };
}

function requestOf(wish: RunWish, picture: Picture, caller: Caller): StoredRequest {
  return {
    id: randomUUID(),
    owner: caller.name,
    createdAt: new Date().toISOString(),
    attached: wish.attached ?? false,
    name: wish.name,
    task: wish.task,
    settings: wish.settings,
    picture: picture.digest,
    idempotency: wish.idempotency ?? null,
  };
}

function usedOtherwise(): Refused {
  return new Refused({
    status: 409,
    message: 'This Idempotency-Key was used with another request.',
    code: 'idempotency_key_reused',
  });
}

function isStopping(): Refused {
  const headers = { 'retry-after': '5' };
  return new Refused({ status: 503, message: 'The server is stopping.', code: 'stopping', headers });
}
