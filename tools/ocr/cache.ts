import { createHash } from 'node:crypto';
import type { ReadOptions, TextImage, TextReading } from './reading.ts';

type Options = Omit<ReadOptions, 'signal'>;

/** Gives the reading of the same picture again, else makes it; the least recent are forgotten beyond `size`. */
export function readingCache(
  size: number,
): (image: TextImage, options: Options, read: () => Promise<TextReading>) => Promise<TextReading> {
  const known = new Map<string, TextReading>();
  return async (image, options, read) => {
    const key = keyOf(image, options);
    const found = known.get(key);
    const reading = found ?? (await read());
    known.delete(key);
    known.set(key, reading);
    const [oldest] = known.keys();
    if (known.size > size && oldest !== undefined) known.delete(oldest);
    return reading;
  };
}

function keyOf({ width, height, data }: TextImage, { layout, characters = '' }: Options): string {
  return createHash('sha1')
    .update(`${width} ${height} ${layout} ${characters}\n`)
    .update(data)
    .digest('base64');
}
