import type { Pixels } from './pixels.ts';

/** 8-bit sRGB. */
export type Rgb = readonly [number, number, number];

/** The colour that a drawing stands on: the commonest along the picture's border, 5 bits a channel, averaged. */
export function groundOf({ width, height, data }: Pixels): Rgb {
  const bins = new Map<number, [count: number, r: number, g: number, b: number]>();
  const add = (pixel: number) => {
    const [r, g, b] = [data[pixel * 3] ?? 0, data[pixel * 3 + 1] ?? 0, data[pixel * 3 + 2] ?? 0];
    const key = ((r >> 3) << 10) | ((g >> 3) << 5) | (b >> 3);
    const bin = bins.get(key) ?? [0, 0, 0, 0];
    bins.set(key, [bin[0] + 1, bin[1] + r, bin[2] + g, bin[3] + b]);
  };
  for (let x = 0; x < width; x++) {
    add(x);
    add((height - 1) * width + x);
  }
  for (let y = 0; y < height; y++) {
    add(y * width);
    add(y * width + width - 1);
  }
  const [count, r, g, b] = [...bins.values()].reduce(
    (most, bin) => (bin[0] > most[0] ? bin : most),
    [1, 255, 255, 255],
  );
  return [Math.round(r / count), Math.round(g / count), Math.round(b / count)];
}

/** Non-zero where some channel is more than `levels` away from the colour. */
export function unlike({ data }: Pixels, [r, g, b]: Rgb, levels: number): Uint8Array {
  const mask = new Uint8Array(data.length / 3);
  for (let i = 0; i < mask.length; i++) {
    const away = Math.max(
      Math.abs((data[i * 3] ?? 0) - r),
      Math.abs((data[i * 3 + 1] ?? 0) - g),
      Math.abs((data[i * 3 + 2] ?? 0) - b),
    );
    mask[i] = away > levels ? 1 : 0;
  }
  return mask;
}
