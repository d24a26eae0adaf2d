import { type FileHandle, open } from 'node:fs/promises';
import type { RunEvent } from '../../../core/event.ts';

/** One event of a run; `id` counts from 1. */
export interface JournalEntry {
  readonly id: number;
  /** The event as JSON, on one line. */
  readonly data: string;
}

/** A run's events in a file, a line each: what is streamed is what is kept. */
export interface Journal {
  /** Takes events in their order; pieces of code that come at once become one. */
  append(event: RunEvent): void;
  /** Does something once everything appended so far is written. */
  after(work: () => Promise<void>): Promise<void>;
  /** Nothing more will be appended. */
  end(): Promise<void>;
}

/** Milliseconds that pieces of code are collected for. */
const COLLECT = 40;
const PIECE = 32 * 1024;

/** @param changed called whenever there is more to read */
export function openJournal(path: string, changed: () => void): Journal {
  let last: Promise<void> = Promise.resolve();
  let delta: (RunEvent & { type: 'code-delta' }) | undefined;
  let timer: NodeJS.Timeout | undefined;
  let file: FileHandle | undefined;
  /** Events that wait for the disk, to be written at once. */
  let batch: string[] | undefined;

  const chain = (work: () => Promise<void>) => {
    const done = last.then(work);
    // A full disk ends the stream, not the server; whoever awaits `done` hears of it.
    last = done.catch(() => undefined);
    return done;
  };
  const write = (event: RunEvent) => {
    const line = `${JSON.stringify(event)}\n`;
    if (batch) {
      batch.push(line);
      return;
    }
    const lines = [line];
    batch = lines;
    void chain(async () => {
      if (batch === lines) batch = undefined;
      file ??= await open(path, 'a');
      await file.appendFile(lines.join(''));
      changed();
    }).catch(() => undefined);
  };
  const flush = () => {
    clearTimeout(timer);
    if (delta) write(delta);
    delta = undefined;
  };
  return {
    append(event) {
      if (event.type !== 'code-delta') {
        flush();
        write(event);
      } else if (delta?.round === event.round) delta = { ...delta, text: delta.text + event.text };
      else {
        flush();
        delta = event;
        timer = setTimeout(flush, COLLECT);
      }
    },
    after(work) {
      // What is appended from now on comes after it.
      batch = undefined;
      return chain(work);
    },
    async end() {
      flush();
      await last;
      const written = file;
      file = undefined;
      await written?.close();
    },
  };
}

export interface Tail {
  /** Events up to this one are left out. */
  readonly after: number;
  /** Whether there may be more than is in the file. */
  readonly live: () => boolean;
  /** Resolves when there may be more to read. */
  readonly change: () => Promise<void>;
  readonly signal: AbortSignal;
}

/** The events of a journal as they are, then as they come, until it has ended. Reads no faster than it is read. */
export async function* readJournal(
  path: string,
  { after, live, change, signal }: Tail,
): AsyncGenerator<JournalEntry> {
  const file = await open(path).catch(() => undefined);
  if (!file) return;
  try {
    const piece = Buffer.alloc(PIECE);
    let [position, id] = [0, 0];
    let rest: Buffer[] = [];
    while (!signal.aborted) {
      // Asked for before reading, so that what comes in between is not missed.
      const more = change();
      const ended = !live();
      const { bytesRead } = await file.read(piece, 0, PIECE, position);
      position += bytesRead;
      let start = 0;
      for (let end = piece.indexOf(10); end >= 0 && end < bytesRead; end = piece.indexOf(10, start)) {
        const line = Buffer.concat([...rest, piece.subarray(start, end)]);
        rest = [];
        start = end + 1;
        id += 1;
        if (id > after) yield { id, data: line.toString() };
      }
      rest.push(Buffer.from(piece.subarray(start, bytesRead)));
      if (bytesRead > 0) continue;
      if (ended) return;
      await more;
    }
  } finally {
    await file.close();
  }
}
