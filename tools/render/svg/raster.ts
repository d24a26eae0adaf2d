const rasterUrl = /^data:image\/(?:png|jpe?g|gif|webp)(;[\w=-]+)*?(;base64)?,/i;

/** The bytes of a data URL that holds a raster picture; undefined for every other reference. */
export function rasterOf(url: string): Uint8Array | undefined {
  const match = rasterUrl.exec(url);
  if (!match) return undefined;
  return Buffer.from(url.slice(match[0].length), match[2] === undefined ? 'latin1' : 'base64');
}
