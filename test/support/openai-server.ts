import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

/** What a client asked, as far as tests look at it. */
export const ChatBody = z.looseObject({
  model: z.string(),
  stream: z.boolean().optional(),
  messages: z.array(
    z.object({
      role: z.string(),
      content: z.union([
        z.string(),
        z.array(
          z.looseObject({
            type: z.string(),
            text: z.string().optional(),
            image_url: z.object({ url: z.string() }).optional(),
          }),
        ),
      ]),
    }),
  ),
});
export type ChatBody = z.infer<typeof ChatBody>;

interface Seen {
  readonly body: ChatBody;
  readonly headers: IncomingHttpHeaders;
  /** Resolves when the connection is closed, by whichever side. */
  readonly closed: Promise<void>;
}

/** How one request is answered. */
export type Step = (response: ServerResponse, body: ChatBody) => void | Promise<void>;

export interface OpenAiServer {
  /** Base URL, ending in /v1. */
  readonly url: string;
  /** Every chat request so far. */
  readonly seen: readonly Seen[];
  close(): Promise<void>;
}

const event = (data: unknown) => `data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`;
const delta = (content: string, finish: string | null = null) => ({
  id: 'chat-1',
  object: 'chat.completion.chunk',
  created: 1,
  model: 'scripted',
  choices: [{ index: 0, delta: { role: 'assistant', content }, finish_reason: finish }],
});
const sse = (response: ServerResponse) => response.writeHead(200, { 'content-type': 'text/event-stream' });
const usage = {
  prompt_tokens: 100,
  completion_tokens: 20,
  total_tokens: 120,
  prompt_tokens_details: { cached_tokens: 40 },
};

/** A streamed reply in small pieces. */
export function streams(
  text: string,
  options: { readonly finish?: string | null; readonly usage?: unknown; readonly piece?: number } = {},
): Step {
  const { finish = 'stop', usage: told = usage, piece = 7 } = options;
  return (response) => {
    sse(response);
    for (let at = 0; at < text.length; at += piece) response.write(event(delta(text.slice(at, at + piece))));
    if (finish) response.write(event(delta('', finish)));
    if (told) response.write(event({ ...delta(''), choices: [], usage: told }));
    response.end(event('[DONE]'));
  };
}

/** One JSON object, although a stream was asked for. */
export function answersJson(text: string): Step {
  return (response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const choices = [{ index: 0, message: { role: 'assistant', content: text }, finish_reason: 'stop' }];
    response.end(
      JSON.stringify({ id: 'chat-1', object: 'chat.completion', model: 'scripted', choices, usage }),
    );
  };
}

/** An error as OpenAI and vLLM word it. */
export function refuses(
  status: number,
  message: string,
  {
    headers = {},
    code = null,
  }: { readonly headers?: Record<string, string>; readonly code?: string | null } = {},
): Step {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify({ error: { message, type: 'scripted', param: null, code } }));
  };
}

/** Accepts the request and never says a word. */
export const hangs: Step = () => {};

/** Begins a reply and then goes silent. */
export function stalls(text: string): Step {
  return (response) => {
    sse(response);
    response.write(event(delta(text)));
  };
}

/** Begins a reply, then cuts the connection. */
export function cuts(text: string): Step {
  return async (response) => {
    sse(response);
    response.write(event(delta(text)));
    await sleep(20);
    response.destroy();
  };
}

/** Writes these bytes as an event stream. */
export function writes(...pieces: readonly string[]): Step {
  return (response) => {
    sse(response);
    for (const piece of pieces) response.write(piece);
    response.end();
  };
}

/**
 * An OpenAI-compatible server that answers as told: the steps one after another, the last of them for ever.
 * A function in place of steps answers by what it is asked.
 */
export async function openaiServer(...steps: readonly [Step, ...Step[]]): Promise<OpenAiServer> {
  const seen: Seen[] = [];
  const server = createServer(async (request, response) => {
    if (request.url === '/v1/models') {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ object: 'list', data: [{ id: 'scripted', object: 'model' }] }));
      return;
    }
    if (request.url !== '/v1/chat/completions') {
      response.writeHead(404).end();
      return;
    }
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece);
    const body = ChatBody.parse(JSON.parse(Buffer.concat(pieces).toString()));
    const closed = once(response, 'close').then(() => undefined);
    const step = steps[Math.min(seen.length, steps.length - 1)] ?? steps[0];
    seen.push({ body, headers: request.headers, closed });
    await step(response, body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    url: `http://127.0.0.1:${address.port}/v1`,
    seen,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
