import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { expect, it, onTestFinished } from 'vitest';
import { fetchPicture } from '../../../server/serve/fetch-picture.ts';
import { plainPicture } from '../../support/fakes.ts';

async function host(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return `localhost:${typeof address === 'object' ? address?.port : 0}`;
}

it('fetches a picture of an allowed host, from the address that was checked', async () => {
  const { png } = await plainPicture();
  const seen: (string | undefined)[] = [];
  const name = await host((request, response) => {
    seen.push(request.headers.host, request.url);
    response.end(png);
  });
  const checked: string[] = [];
  const refused = (address: string) => {
    checked.push(address);
    return false;
  };
  const got = await fetchPicture(`http://${name}/a.png?b=1`, { hosts: [name], maxBytes: 10_000, refused });
  expect(Buffer.from(got).equals(Buffer.from(png))).toBe(true);
  expect(seen).toEqual([name, '/a.png?b=1']);
  expect(checked).toContain('127.0.0.1');
});

it('follows no redirect, takes no more than allowed, and ends with its signal', async () => {
  const name = await host((request, response) => {
    if (request.url === '/redirect') response.writeHead(302, { location: `http://${name}/large` }).end();
    else if (request.url === '/large') response.end(Buffer.alloc(100_000));
  });
  const options = { hosts: [name], maxBytes: 10_000, refused: () => false };
  await expect(fetchPicture(`http://${name}/redirect`, options)).rejects.toThrow(/answered 302; redirects/);
  await expect(fetchPicture(`http://${name}/large`, options)).rejects.toThrow(/larger than 10000 bytes/);
  const controller = new AbortController();
  const hanging = fetchPicture(`http://${name}/hangs`, { ...options, signal: controller.signal });
  controller.abort(new Error('the client went away'));
  await expect(hanging).rejects.toThrow('the client went away');
  await expect(fetchPicture(`http://${name}/large`, { ...options, hosts: [] })).rejects.toThrow(
    /allowed hosts/,
  );
});
