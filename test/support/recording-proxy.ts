import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { onTestFinished } from 'vitest';

export interface RecordingProxy {
  /** Base URL, ending in /v1. */
  readonly url: string;
  /** Digests of the requests that were let through, in order. */
  readonly requests: string[];
  /** Called with each request before it is let through; answers whether it is. */
  gate: () => boolean;
}

/** Stands before a model server and counts what is asked of it, until the test is over. */
export async function recordingProxy(target: string): Promise<RecordingProxy> {
  const proxy = { url: '', requests: [] as string[], gate: () => true };
  const server = createServer(async (request, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece);
    const body = Buffer.concat(pieces);
    if (!proxy.gate()) {
      response.destroy();
      return;
    }
    proxy.requests.push(createHash('sha256').update(body).digest('hex'));
    const path = request.url?.replace(/^\/v1/, '') ?? '';
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${target}${path}`, { method: 'POST', headers, body });
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' });
    // A client that was killed takes no answer.
    await pipeline(answer.body ?? [], response).catch(() => undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  proxy.url = `http://127.0.0.1:${address.port}/v1`;
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  return proxy;
}
