/** 8-bit RGBA pixels, row by row, as a canvas gives them. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

export interface Difference {
  /** RGBA: the reference, faded, with every differing pixel in one of `differenceColours`. */
  readonly data: Uint8ClampedArray<ArrayBuffer>;
  /** Share of pixels that differ, 0 to 1. */
  readonly share: number;
}

type Rgb = readonly [number, number, number];

/** What a differing pixel is drawn in: ink of the reference that is missing, ink that is extra, other ink. */
export const differenceColours = {
  missing: [232, 89, 12],
  extra: [28, 110, 214],
  changed: [156, 54, 181],
} as const satisfies Record<string, Rgb>;

/** Levels (of 255) by which a channel may be off: a faint grid line on white is twice as far. */
const TOLERANCE = 20;
const FADE = 0.2;

/**
 * Compares two rasters of one size. A pixel differs when its colour occurs nowhere within one pixel of it in
 * the other picture, in either direction, so that antialiasing and half-pixel shifts do not count.
 */
export function difference(reference: Raster, candidate: Raster): Difference {
  const { width, height } = reference;
  const data = new Uint8ClampedArray(width * height * 4);
  const ground = groundOf(reference);
  let differing = 0;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = (y * width + x) * 4;
      const differs =
        !occursNear(reference, at, candidate, x, y) || !occursNear(candidate, at, reference, x, y);
      if (differs) differing += 1;
      const [r, g, b] = differs
        ? colourOf(isNear(reference.data, at, ground, 0), isNear(candidate.data, at, ground, 0))
        : faded(reference.data, at);
      data[at] = r;
      data[at + 1] = g;
      data[at + 2] = b;
      data[at + 3] = 255;
    }
  }
  return { data, share: differing / (width * height) };
}

function occursNear(from: Raster, at: number, within: Raster, x: number, y: number): boolean {
  if (isNear(from.data, at, within.data, at)) return true;
  for (let v = Math.max(0, y - 1); v <= Math.min(within.height - 1, y + 1); v += 1) {
    for (let u = Math.max(0, x - 1); u <= Math.min(within.width - 1, x + 1); u += 1) {
      if (isNear(from.data, at, within.data, (v * within.width + u) * 4)) return true;
    }
  }
  return false;
}

function isNear(a: ArrayLike<number>, i: number, b: ArrayLike<number>, j: number): boolean {
  for (let channel = 0; channel < 3; channel += 1) {
    if (Math.abs((a[i + channel] ?? 0) - (b[j + channel] ?? 0)) > TOLERANCE) return false;
  }
  return true;
}

function colourOf(groundInReference: boolean, groundInCandidate: boolean): Rgb {
  if (groundInReference === groundInCandidate) return differenceColours.changed;
  return groundInCandidate ? differenceColours.missing : differenceColours.extra;
}

function faded(data: Uint8ClampedArray, at: number): Rgb {
  const light = 0.3 * (data[at] ?? 0) + 0.59 * (data[at + 1] ?? 0) + 0.11 * (data[at + 2] ?? 0);
  const level = 255 - (255 - light) * FADE;
  return [level, level, level];
}

/** The most frequent colour of the outermost pixels. */
function groundOf({ width, height, data }: Raster): Rgb {
  const seen = new Map<string, { colour: Rgb; times: number }>();
  for (let y = 0; y < height; y += 1) {
    const step = y === 0 || y === height - 1 ? 1 : Math.max(1, width - 1);
    for (let x = 0; x < width; x += step) {
      const at = (y * width + x) * 4;
      const colour: Rgb = [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
      const entry = seen.get(colour.join()) ?? { colour, times: 0 };
      entry.times += 1;
      seen.set(colour.join(), entry);
    }
  }
  const [most] = [...seen.values()].sort((a, b) => b.times - a.times);
  return most?.colour ?? [255, 255, 255];
}
