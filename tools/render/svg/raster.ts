const rasterUrl = /^data:image\/(?:png|jpe?g|gif|webp)((?:;[\w=-]+)*),/i;

const magic = ['\x89PNG\r\n', '\xff\xd8\xff', 'GIF8', 'RIFF'];

/**
 * The bytes of a data URL that holds a raster picture, judged by its first bytes and not only by its name, so
 * that no other decoder is reached through it. Undefined for every other reference.
 */
export function rasterOf(url: string): Uint8Array | undefined {
  const match = rasterUrl.exec(url);
  if (!match) return undefined;
  const encoding = /;base64$/i.test(match[1] ?? '') ? 'base64' : 'latin1';
  const bytes = Buffer.from(url.slice(match[0].length), encoding);
  const start = bytes.subarray(0, 16).toString('latin1');
  return magic.some((first) => start.startsWith(first)) ? bytes : undefined;
}
