import type { Pixels } from '../../tools/image/pixels.ts';

const mean = [0.485, 0.456, 0.406] as const;
const deviation = [0.229, 0.224, 0.225] as const;

/**
 * Pixels as three planes, less ImageNet's mean and over its deviation. LPIPS's own scaling of pictures in -1..1 comes
 * to the same numbers.
 * @param twice normalise as for LPIPS what is normalised already, as StarVector's script does
 */
export function imageNetPixels({ width, height, data }: Pixels, twice = false): Float32Array {
  const places = width * height;
  const planes = new Float32Array(3 * places);
  for (let channel = 0; channel < 3; channel++) {
    for (let place = 0; place < places; place++) {
      const [middle, spread] = [mean[channel] ?? 0, deviation[channel] ?? 1];
      const value = ((data[place * 3 + channel] ?? 0) / 255 - middle) / spread;
      // LPIPS expects values in -1..1, where the mean is 2 m - 1 and the deviation 2 s.
      planes[channel * places + place] = twice ? (value - (2 * middle - 1)) / (2 * spread) : value;
    }
  }
  return planes;
}
