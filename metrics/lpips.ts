import type { Pixels } from '../tools/image/pixels.ts';
import { requireOneSize } from './image/pair.ts';
import { outputNamed, type Tensor, type VisionModel } from './learned/model.ts';
import type { Score } from './score.ts';

/** A feature map of the network and the learned weight of each of its channels. */
export interface LpipsLayer {
  readonly output: string;
  readonly weights: readonly number[];
}

/** The network takes ImageNet-normalised pictures; `layers` are the linear weights that come with LPIPS. */
export interface LpipsModel extends VisionModel {
  readonly layers: readonly LpipsLayer[];
}

const EPSILON = 1e-10;

/**
 * Learned perceptual distance of two pictures of one size, 0 (equal) and up, lower is better: over the layers, the sum
 * of the mean over places of the weighted squared difference of channel-normalised features. Parts are the layers'.
 * @throws RangeError when the sizes differ or a layer's weights do not fit its features.
 * @see Zhang et al., "The unreasonable effectiveness of deep features", CVPR 2018, equation 1
 */
export async function lpips(candidate: Pixels, reference: Pixels, model: LpipsModel): Promise<Score> {
  requireOneSize(candidate, reference);
  const [a, b] = await Promise.all([model.run(candidate), model.run(reference)]);
  const parts = model.layers.map(({ output, weights }): [string, number] => {
    return [output, layerDistance(outputNamed(a, output, model), outputNamed(b, output, model), weights)];
  });
  const value = parts.reduce((sum, [, distance]) => sum + distance, 0);
  return {
    value,
    parts: Object.fromEntries(parts),
    explanation: `LPIPS ${value.toFixed(4)} by ${model.name}.`,
  };
}

function layerDistance(a: Tensor, b: Tensor, weights: readonly number[]): number {
  const [, channels = 0, height = 0, width = 0] = a.dims;
  if (channels !== weights.length || a.data.length !== b.data.length) {
    throw new RangeError(`A layer has ${channels} channels and ${weights.length} weights.`);
  }
  const places = height * width;
  let sum = 0;
  for (let place = 0; place < places; place++) {
    let [normA, normB] = [0, 0];
    for (let channel = 0; channel < channels; channel++) {
      normA += (a.data[channel * places + place] ?? 0) ** 2;
      normB += (b.data[channel * places + place] ?? 0) ** 2;
    }
    const [scaleA, scaleB] = [Math.sqrt(normA) + EPSILON, Math.sqrt(normB) + EPSILON];
    for (let channel = 0; channel < channels; channel++) {
      const at = channel * places + place;
      sum += (weights[channel] ?? 0) * ((a.data[at] ?? 0) / scaleA - (b.data[at] ?? 0) / scaleB) ** 2;
    }
  }
  return places === 0 ? 0 : sum / places;
}
