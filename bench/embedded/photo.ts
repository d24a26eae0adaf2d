import sharp from 'sharp';
import type { Picture } from '../../core/picture.ts';
import { decodePicture } from '../../tools/image/decode.ts';
import { seeded } from './random.ts';

const [WIDTH, HEIGHT] = [480, 360];

/**
 * What a photo is to a reader of drawings: soft shapes of every size (value noise over six octaves, Perlin
 * 1985), lit unevenly, with grain, as JPEG.
 */
export async function photoOf(seed: number): Promise<Picture> {
  const random = seeded(seed);
  const layers = Array.from({ length: 3 }, () => octaves(random.next));
  const tint = [random.between(0.5, 1), random.between(0.5, 1), random.between(0.5, 1)];
  const data = Buffer.alloc(WIDTH * HEIGHT * 3);
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      const light = 0.55 + 0.45 * (1 - y / HEIGHT);
      const grain = 14 * (random.next() - 0.5);
      for (const [channel, layer] of layers.entries()) {
        const value =
          255 * light * (tint[channel] ?? 1) * (0.35 * layer(x, y) + 0.65 * (layers[0]?.(x, y) ?? 0));
        data[(y * WIDTH + x) * 3 + channel] = Math.max(0, Math.min(255, Math.round(value + grain)));
      }
    }
  }
  const jpeg = await sharp(data, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } })
    .jpeg({ quality: 85 })
    .toBuffer();
  return decodePicture(jpeg, 'photo.jpg');
}

/** Smooth noise in [0, 1): grids of random values, each twice as fine and half as strong as the one before. */
function octaves(next: () => number): (x: number, y: number) => number {
  const grids = Array.from({ length: 6 }, (_, octave) => {
    const side = 3 * 2 ** octave + 2;
    return { side, values: Float64Array.from({ length: side * side }, next) };
  });
  return (x, y) => {
    let [sum, weight] = [0, 0];
    for (const [octave, { side, values }] of grids.entries()) {
      const u = (x / WIDTH) * (side - 2);
      const v = (y / WIDTH) * (side - 2);
      const [i, j] = [Math.floor(u), Math.floor(v)];
      const [s, t] = [smooth(u - i), smooth(v - j)];
      const at = (a: number, b: number) => values[(j + b) * side + i + a] ?? 0;
      const top = at(0, 0) * (1 - s) + at(1, 0) * s;
      const bottom = at(0, 1) * (1 - s) + at(1, 1) * s;
      sum += (top * (1 - t) + bottom * t) / 2 ** octave;
      weight += 1 / 2 ** octave;
    }
    return sum / weight;
  };
}

function smooth(share: number): number {
  return share * share * (3 - 2 * share);
}
