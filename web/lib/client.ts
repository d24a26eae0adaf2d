import { EventSourceParserStream } from 'eventsource-parser/stream';
import type * as z from 'zod';
import { RunEvent } from '../../core/event.ts';
import type { RunRecord } from '../../core/record.ts';
import { ErrorReply, Options, RunList, RunReply, RunSummary } from './service-schemas.ts';

/** The service refused, could not be reached (`status` 0), or said what this page does not know (200). */
export class ServiceError extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
  /** Asking again would not help. */
  get isFinal(): boolean {
    return this.status >= 200 && this.status < 500;
  }
}

/** Fields of POST /v1/runs beside the picture. */
export type Wish = Readonly<Record<string, string>>;

export interface NumberedEvent {
  /** Counts from 1 within the run. */
  readonly id: number;
  readonly event: RunEvent;
}

/** The service that this page came from. Every call throws ServiceError. */
export interface Client {
  options(): Promise<Options>;
  /** Newest first; those before the run of this id. */
  runs(before?: string): Promise<RunList>;
  /** Null while the run goes on. */
  record(id: string): Promise<RunRecord | null>;
  begin(picture: File, wish: Wish): Promise<RunSummary>;
  cancel(id: string): Promise<void>;
  picture(id: string, digest: string): Promise<Blob>;
  report(id: string): Promise<Blob>;
  /** Events after that id, until the stream ends, for whatever reason. */
  events(id: string, after: number, signal: AbortSignal): AsyncGenerator<NumberedEvent>;
}

/** @param key sent with every request; null where the service has no keys */
export function openClient(key: string | null): Client {
  async function ask(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (key !== null) headers.set('authorization', `Bearer ${key}`);
    const response = await fetch(path, { ...init, headers }).catch(() => {
      init.signal?.throwIfAborted();
      throw new ServiceError(0, 'The service cannot be reached.');
    });
    if (response.ok) return response;
    throw new ServiceError(response.status, await messageOf(response));
  }

  async function read<S extends z.ZodType>(
    schema: S,
    path: string,
    init?: RequestInit,
  ): Promise<z.output<S>> {
    return known(schema, await (await ask(path, init)).json());
  }

  return {
    options: () => read(Options, '/v1/options'),
    runs: (before) => read(RunList, `/v1/runs?limit=12${before === undefined ? '' : `&before=${before}`}`),
    record: async (id) => (await read(RunReply, `/v1/runs/${id}`)).record,
    begin(picture, wish) {
      const body = new FormData();
      for (const [name, value] of Object.entries(wish)) body.set(name, value);
      body.set('image', picture);
      return read(RunSummary, '/v1/runs', { method: 'POST', body });
    },
    cancel: async (id) => void (await ask(`/v1/runs/${id}`, { method: 'DELETE' })),
    picture: async (id, digest) => (await ask(`/v1/runs/${id}/artifacts/${digest}`)).blob(),
    report: async (id) => (await ask(`/v1/runs/${id}/report`)).blob(),
    async *events(id, after, signal) {
      const headers = { 'last-event-id': String(after) };
      // Else a second tab may wait for the first, whose answer the browser is about to cache.
      const { body } = await ask(`/v1/runs/${id}/events`, { headers, signal, cache: 'no-store' });
      if (!body) return;
      const messages = body
        .pipeThrough(new TextDecoderStream())
        .pipeThrough(new EventSourceParserStream())
        .getReader();
      // Not every browser can iterate over a stream.
      for (let next = await messages.read(); !next.done; next = await messages.read()) {
        yield { id: Number(next.value.id), event: known(RunEvent, JSON.parse(next.value.data)) };
      }
    },
  };
}

/** @throws ServiceError when the service speaks another version than the page. */
function known<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new ServiceError(200, 'The service answered in a way that this page does not know. Reload it.');
}

async function messageOf(response: Response): Promise<string> {
  const body = ErrorReply.safeParse(await response.json().catch(() => undefined));
  return body.success ? body.data.error.message : `The service answered with status ${response.status}.`;
}
