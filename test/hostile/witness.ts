import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import sharp from 'sharp';

/** The colour of the picture outside: no render may hold a pixel of it. */
const secret = { r: 255, g: 0, b: 254 };

export interface Witness {
  /** Base URL of a loopback server that counts who connects. */
  readonly url: string;
  /** Path of a PNG of one colour, which no document may show. */
  readonly picture: string;
  /** What was asked of the server so far. */
  readonly hits: readonly string[];
  close(): Promise<void>;
}

/** Watches from outside what a hostile document tries to reach. */
export async function openWitness(): Promise<Witness> {
  const hits: string[] = [];
  const server = createServer((request, response) => {
    hits.push(request.url ?? '');
    response.end();
  });
  server.on('connection', () => hits.push('connection'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  const folder = await mkdtemp(join(tmpdir(), 'verisim-hostile-'));
  const picture = join(folder, 'secret.png');
  await sharp({ create: { width: 8, height: 8, channels: 3, background: secret } })
    .png()
    .toFile(picture);
  await writeFile(join(folder, 'secret.txt'), 'secret');
  return {
    url: `http://127.0.0.1:${port}`,
    picture,
    hits,
    async close() {
      await new Promise<unknown>((resolve) => server.close(resolve));
      await rm(folder, { recursive: true });
    },
  };
}

/** Whether a render shows the picture outside. */
export async function showsSecret(png: Uint8Array): Promise<boolean> {
  const rgb = await sharp(png).removeAlpha().raw().toBuffer();
  for (let at = 0; at < rgb.length; at += 3) {
    if (rgb[at] === secret.r && rgb[at + 1] === secret.g && rgb[at + 2] === secret.b) return true;
  }
  return false;
}

/** A PNG of a few bytes whose header claims 30,000 x 30,000 pixels. */
export async function pngBomb(): Promise<Uint8Array> {
  const png = await sharp({ create: { width: 1, height: 1, channels: 3, background: 'white' } })
    .png()
    .toBuffer();
  png.writeUInt32BE(30_000, 16);
  png.writeUInt32BE(30_000, 20);
  png.writeUInt32BE(crc32(png.subarray(12, 29)), 29);
  return png;
}
