import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { startedService } from './support.ts';

/** Sends a beginning and then ever more of the same, until the service cuts it off: what it says, and after how long. */
async function dripped(port: number, beginning: string, drop: string) {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  const began = performance.now();
  socket.write(beginning);
  const drip = setInterval(() => socket.write(drop), 200);
  let answer = '';
  socket.on('data', (piece) => {
    answer += piece;
  });
  await once(socket, 'close');
  clearInterval(drip);
  return { answer, milliseconds: performance.now() - began };
}

describe('clients that drip are cut off, whatever they drip, and the service still answers', () => {
  it('in the head', async () => {
    const { port, url } = await startedService();
    const { answer, milliseconds } = await dripped(
      port,
      'GET /healthz HTTP/1.1\r\nhost: localhost\r\n',
      'x-a: b\r\n',
    );
    expect(answer).toMatch(/^HTTP\/1\.1 408/);
    expect(milliseconds).toBeGreaterThan(8000);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });

  it('in the body', async () => {
    const { port, url } = await startedService({ requestTime: 3 });
    const head = 'POST /v1/render HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n';
    const { answer, milliseconds } = await dripped(port, `${head}content-length: 100000\r\n\r\n{`, ' ');
    expect(answer).toMatch(/^HTTP\/1\.1 408/);
    expect(milliseconds).toBeGreaterThan(2500);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });
});
