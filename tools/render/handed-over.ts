import type { Picture } from '../../core/picture.ts';
import { pixelsOf } from '../image/pixels.ts';

/**
 * The JSON that a Python program of ours left in its picture's pixels, which are all that the sandbox hands out: its
 * length in 4 bytes, big endian, then the JSON in UTF-8. Undefined when there is none. Hostile.
 */
export async function handedOver(picture: Picture): Promise<unknown> {
  const { data } = await pixelsOf(picture);
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  const length = bytes.byteLength < 4 ? 0 : bytes.readUInt32BE(0);
  try {
    return JSON.parse(bytes.toString('utf8', 4, Math.min(bytes.byteLength, 4 + length)));
  } catch {
    return undefined;
  }
}
