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

it('a name that leads elsewhere when it is asked again: the address that was checked is the one that is connected to', async () => {
  const { png } = await plainPicture();
  const name = await host((_, response) => void response.end(png));
  const port = name.split(':')[1];
  const hosts = [`rebinding.example:${port}`];
  let asked = 0;
  const resolve = async () => {
    asked += 1;
    return [{ address: asked === 1 ? '127.0.0.1' : '127.0.0.2' }];
  };
  const options = { hosts, maxBytes: 10_000, resolve };
  const url = `http://rebinding.example:${port}/a.png`;
  const refused = (address: string) => address === '127.0.0.2';
  expect(Buffer.from(await fetchPicture(url, { ...options, refused })).equals(Buffer.from(png))).toBe(true);
  expect(asked).toBe(1);
  await expect(fetchPicture(url, { ...options, refused })).rejects.toThrow(/not fetched from/);
  // One private address among several is one too many.
  const mixed = async () => [{ address: '93.184.215.14' }, { address: '10.0.0.1' }];
  await expect(fetchPicture(url, { ...options, resolve: mixed })).rejects.toThrow(/not fetched from/);
});

it.each([
  'http://2130706433/a.png',
  'http://0177.0.0.1/a.png',
  'http://0x7f000001/a.png',
  'http://127.1/a.png',
  'http://0/a.png',
  'http://[::ffff:127.0.0.1]/a.png',
  'http://[::ffff:7f00:1]/a.png',
  'http://[0:0:0:0:0:0:0:1]/a.png',
  'http://[64:ff9b::7f00:1]/a.png',
  'http://[2002:7f00:1::]/a.png',
  'http://[2001:0:7f00:1::]/a.png',
  'http://[::127.0.0.1]/a.png',
])('%s is private, although its host were allowed', async (url) => {
  const hosts = [new URL(url).host];
  await expect(fetchPicture(url, { hosts, maxBytes: 10_000 })).rejects.toThrow(/not fetched from/);
});
