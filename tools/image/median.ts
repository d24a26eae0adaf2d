import sharp from 'sharp';
import type { Pixels } from './pixels.ts';

/** Median over the 3 x 3 window, channel by channel: takes JPEG ringing and single grains away, keeps edges. */
export async function median({ width, height, data }: Pixels): Promise<Pixels> {
  const raw = { width, height, channels: 3 } as const;
  return { width, height, data: await sharp(data, { raw }).median(3).raw().toBuffer() };
}
