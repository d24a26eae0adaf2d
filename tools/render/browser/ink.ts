import sharp from 'sharp';

/** Ground that is kept around the ink, in pixels (reference.md, section 4). */
const MARGIN = 12;

/**
 * Crops a screenshot to its ink and a margin. Ink is what differs from the upper left pixel, exactly: a median
 * filter, as in sharp's own trim, would lose hairlines. Returns a PNG without alpha; undefined without ink.
 */
export async function cropToInk(screenshot: Uint8Array): Promise<Uint8Array | undefined> {
  const { data, info } = await sharp(screenshot).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const ink = inkOf(data, info.width, info.height);
  if (!ink) return undefined;
  const { left, top, right, bottom } = ink;
  const [width, height] = [right - left + 1, bottom - top + 1];
  const cropped = Buffer.alloc((width + 2 * MARGIN) * (height + 2 * MARGIN) * 3, data.subarray(0, 3));
  for (let y = 0; y < height; y += 1) {
    const from = ((top + y) * info.width + left) * 3;
    data.copy(cropped, ((y + MARGIN) * (width + 2 * MARGIN) + MARGIN) * 3, from, from + width * 3);
  }
  const raw = { width: width + 2 * MARGIN, height: height + 2 * MARGIN, channels: 3 } as const;
  return sharp(cropped, { raw }).png({ compressionLevel: 6 }).toBuffer();
}

function inkOf(rgb: Buffer, width: number, height: number) {
  const [red, green, blue] = rgb;
  let [left, top, right, bottom] = [width, -1, -1, -1];
  for (let y = 0, at = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, at += 3) {
      if (rgb[at] === red && rgb[at + 1] === green && rgb[at + 2] === blue) continue;
      if (top < 0) top = y;
      bottom = y;
      if (x < left) left = x;
      if (x > right) right = x;
    }
  }
  return top < 0 ? undefined : { left, top, right, bottom };
}
