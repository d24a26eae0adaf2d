import { z } from 'zod';

export interface FetchGuards {
  /** Called with each piece of a body that arrives. */
  readonly touch: () => void;
  /** Bytes of one answer, above which it is an error. */
  readonly maxBytes: number;
  /** No key is sent, whatever the client library would put in its place. */
  readonly anonymous: boolean;
}

/** `fetch` for a model server that may be slow, endless, or deaf to `stream: true`. */
export function guardedFetch({ touch, maxBytes, anonymous }: FetchGuards): typeof fetch {
  return async (input, init) => {
    const headers = new Headers(init?.headers);
    if (anonymous) headers.delete('authorization');
    const response = await fetch(input, { ...init, headers });
    touch();
    const answer = bounded(response, maxBytes, touch);
    const isJson = response.headers.get('content-type')?.includes('application/json') ?? false;
    return response.ok && isJson ? asEventStream(await answer.text()) : answer;
  };
}

/** The same answer, whose body fails once it is larger than `maxBytes`. */
export function bounded(response: Response, maxBytes: number, touch: () => void = () => {}): Response {
  if (!response.body) return response;
  const body = response.body.pipeThrough(counter(touch, maxBytes));
  return new Response(body, { status: response.status, headers: response.headers });
}

function counter(touch: () => void, maxBytes: number): TransformStream<Uint8Array, Uint8Array> {
  let bytes = 0;
  return new TransformStream({
    transform(piece, controller) {
      touch();
      bytes += piece.byteLength;
      if (bytes <= maxBytes) controller.enqueue(piece);
      else controller.error(new Error(`the answer is larger than ${maxBytes} bytes`));
    },
  });
}

const Completion = z.looseObject({
  choices: z.array(z.looseObject({ message: z.looseObject({}) })),
});

/** Some servers answer `stream: true` with one JSON object: told as a stream of one event, it reads alike. */
function asEventStream(text: string): Response {
  const { success, data } = Completion.safeParse(parsed(text));
  if (!success) throw new Error('the answer is JSON, but no chat completion');
  const choices = data.choices.map(({ message, ...choice }) => ({ ...choice, delta: message }));
  return new Response(`data: ${JSON.stringify({ ...data, choices })}\n\ndata: [DONE]\n\n`, {
    headers: { 'content-type': 'text/event-stream' },
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
