import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';

/** Stands before a model server, and tells what was asked of it and what was answered. */
export interface CountingProxy extends AsyncDisposable {
  /** Base URL, ending in /v1. */
  readonly url: string;
  /** Digests of the requests that were let through, in order. */
  readonly seen: readonly string[];
  /** How many of them were answered to the last byte. */
  readonly answered: () => number;
  /** Lets nothing more through: what comes is neither seen nor answered. */
  shut(): void;
  /** Lets all through again; what waited is cut off. */
  reopen(): void;
}

export async function countingProxy(target: string): Promise<CountingProxy> {
  const seen: string[] = [];
  let waiting: ServerResponse[] = [];
  let answered = 0;
  let isShut = false;
  const server = createServer(async (request, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece);
    if (isShut) {
      waiting.push(response);
      return;
    }
    const body = Buffer.concat(pieces);
    seen.push(createHash('sha256').update(body).digest('hex'));
    const path = request.url?.replace(/^\/v1/, '') ?? '';
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${target}${path}`, { method: 'POST', headers, body });
    const text = await answer.text();
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' });
    response.end(text, () => {
      answered += 1;
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  return {
    url: `http://127.0.0.1:${address.port}/v1`,
    seen,
    answered: () => answered,
    shut() {
      isShut = true;
    },
    reopen() {
      for (const response of waiting) response.destroy();
      waiting = [];
      isShut = false;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
