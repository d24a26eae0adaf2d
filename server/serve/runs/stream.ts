import { stream } from 'hono/streaming';
import type { ServiceContext } from '../environment.ts';
import { keepAlive } from '../keep-alive.ts';
import { Refused } from '../refused.ts';
import type { Run } from './run.ts';

export interface StreamOptions {
  /** Seconds between signs of life. */
  readonly keepAlive: number;
  readonly stopping: AbortSignal;
}

const FINISHED = '{"type":"run-finished"';

/** A run's events as server-sent events, from where the client left off. */
export async function streamEvents(
  context: ServiceContext,
  run: Run,
  { keepAlive: seconds, stopping }: StreamOptions,
): Promise<Response> {
  const after = lastSeen(context.req.header('last-event-id') ?? context.req.query('after'));
  const gone = new AbortController();
  const events = run.events(after, AbortSignal.any([gone.signal, context.req.raw.signal, stopping]));
  const first = run.status() === 'finished' ? await events.next() : undefined;
  // Tells an EventSource that there is no more to come.
  if (first?.done && after > 0) return context.body(null, 204);

  context.header('content-type', 'text/event-stream; charset=utf-8');
  context.header('cache-control', 'no-cache');
  context.header('x-accel-buffering', 'no');
  return stream(context, async (out) => {
    out.onAbort(() => gone.abort());
    const alive = keepAlive(out, seconds);
    try {
      await out.write('retry: 1000\n\n');
      let last = after;
      let told = false;
      const send = async (id: number, data: string) => {
        [last, told] = [id, data.startsWith(FINISHED)];
        await out.write(`id: ${id}\ndata: ${data}\n\n`);
      };
      if (first && !first.done) await send(first.value.id, first.value.data);
      for await (const { id, data } of events) {
        if (out.aborted) return;
        await send(id, data);
      }
      // A kill between the record and the last event leaves the journal without it.
      const record = told || gone.signal.aborted ? null : await run.folder.record();
      if (record) await send(last + 1, JSON.stringify({ type: 'run-finished', record }));
    } finally {
      alive.end();
      gone.abort();
    }
  });
}

function lastSeen(text: string | undefined): number {
  if (text === undefined || text === '') return 0;
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new Refused({
    status: 400,
    message: 'Last-Event-ID must be a number, as the events bear it.',
    code: 'invalid_request',
    param: 'Last-Event-ID',
  });
}
