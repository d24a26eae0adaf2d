import sharp from 'sharp';

/** A picture squeezed to a square: small enough to keep hundreds, large enough that a changed digit shows. */
export interface Fingerprint {
  /** Width over height of the picture itself. */
  readonly aspect: number;
  /** RGB, `SIDE` x `SIDE`. */
  readonly pixels: Uint8Array;
}

export interface SizedFingerprint extends Fingerprint {
  /** Pixels of the picture itself. */
  readonly width: number;
  readonly height: number;
}

export interface Distance {
  /** Mean squared difference of a channel, 0 to 65025. */
  readonly mean: number;
  /** Mean absolute difference of a channel in the block that differs most, 0 to 255. */
  readonly worst: number;
}

const SIDE = 256;
const BLOCK = 8;
const CHANNELS = 3;
/** A render may lose a pixel in each direction when it is resized for the wire. */
const ASPECT_TOLERANCE = 0.015;

/** @throws when the bytes are no picture, or one of more than 16 million pixels */
export async function fingerprintOf(bytes: Uint8Array): Promise<SizedFingerprint> {
  const image = sharp(bytes, { limitInputPixels: 16_000_000, pages: 1 });
  const { width, height } = await image.metadata();
  const pixels = await image
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .resize(SIDE, SIDE, { fit: 'fill' })
    .raw()
    .toBuffer();
  return { aspect: width / height, pixels, width, height };
}

/** How far apart two pictures are; undefined when their shapes alone tell that they are not the same. */
export function distanceOf(a: Fingerprint, b: Fingerprint): Distance | undefined {
  if (Math.abs(a.aspect / b.aspect - 1) > ASPECT_TOLERANCE) return undefined;
  const across = SIDE / BLOCK;
  const blocks = new Uint32Array(across * across);
  let squares = 0;
  for (let y = 0, i = 0; y < SIDE; y++) {
    const row = Math.floor(y / BLOCK) * across;
    for (let x = 0; x < SIDE; x++) {
      const block = row + Math.floor(x / BLOCK);
      let sum = 0;
      for (let channel = 0; channel < CHANNELS; channel++, i++) {
        const difference = Math.abs((a.pixels[i] ?? 0) - (b.pixels[i] ?? 0));
        squares += difference * difference;
        sum += difference;
      }
      blocks[block] = (blocks[block] ?? 0) + sum;
    }
  }
  return {
    mean: squares / a.pixels.length,
    worst: blocks.reduce((most, sum) => Math.max(most, sum), 0) / (BLOCK * BLOCK * CHANNELS),
  };
}
