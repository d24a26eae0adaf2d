import type { RunEvent } from '../../core/event.ts';
import type { RunRecord } from '../../core/record.ts';
import { type Client, ServiceError } from './client.ts';

/** A run of the service as the page follows it. */
export interface Followed {
  readonly events: AsyncIterable<RunEvent>;
  /** Address of a picture that an event has named. */
  readonly pictureUrl: (digest: string) => string | undefined;
  /** Ends the stream and lets go of the pictures. */
  close(): void;
}

/** Milliseconds between two tries to get a lost stream back. */
const WAITS = [500, 1000, 2000, 5000];

/**
 * A run's events to its end: a stream that breaks goes on after the last event that was seen. An event is given once
 * the pictures that it names are here, so that none is drawn without them.
 * @param onLost hears whether the connection is lost
 */
export function followRun(client: Client, id: string, onLost: (lost: boolean) => void): Followed {
  const closing = new AbortController();
  const { signal } = closing;
  const urls = new Map<string, string>();

  async function load(digest: string): Promise<void> {
    if (urls.has(digest)) return;
    // Fetched, as an <img> sends no key. One that cannot be had is shown as such.
    const blob = await client.picture(id, digest).catch(() => undefined);
    if (blob && !signal.aborted) urls.set(digest, URL.createObjectURL(blob));
  }

  async function* stream(): AsyncGenerator<RunEvent> {
    let seen = 0;
    for (let failures = 0; !signal.aborted; failures += 1) {
      try {
        for await (const { id: number, event } of client.events(id, seen, signal)) {
          onLost(false);
          [seen, failures] = [number, 0];
          yield event;
          if (event.type === 'run-finished') return;
        }
      } catch (error) {
        if (signal.aborted) return;
        if (error instanceof ServiceError && error.isFinal) throw error;
      }
      onLost(true);
      await pause(WAITS[Math.min(failures, WAITS.length - 1)] ?? 0, signal);
    }
  }

  async function* events(): AsyncGenerator<RunEvent> {
    const record = await client.record(id);
    const source = record ? [finished(record)] : stream();
    for await (const event of source) {
      await Promise.all(digestsOf(event).map(load));
      yield event;
    }
  }

  return {
    events: events(),
    pictureUrl: (digest) => urls.get(digest),
    close() {
      closing.abort();
      for (const url of urls.values()) URL.revokeObjectURL(url);
    },
  };
}

function finished(record: RunRecord): RunEvent {
  return { type: 'run-finished', record };
}

function digestsOf(event: RunEvent): string[] {
  switch (event.type) {
    case 'run-started':
      return [event.input.picture];
    case 'render-finished':
      return event.render.kind === 'rendered' ? [event.render.picture] : [];
    case 'run-finished':
      return [
        event.record.input.picture,
        ...event.record.rounds.flatMap(({ render }) => (render.kind === 'rendered' ? [render.picture] : [])),
      ];
    default:
      return [];
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
