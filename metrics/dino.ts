import type { Pixels } from '../tools/image/pixels.ts';
import { cosine, outputNamed, type Tensor, type VisionModel } from './learned/model.ts';
import type { Score } from './score.ts';

/**
 * DINO score of two pictures, 0 to 1 (equal): (1 + cosine) / 2 of the means over all tokens of the last hidden state.
 * @param model with output `last_hidden_state` of 1 x tokens x channels; StarVector's is facebook/dinov2-base
 * @see Rodriguez et al., "StarVector", CVPR 2025; starvector/metrics/compute_dino_score.py
 */
export async function dinoScore(candidate: Pixels, reference: Pixels, model: VisionModel): Promise<Score> {
  const [a, b] = await Promise.all([model.run(candidate), model.run(reference)]);
  const angle = cosine(
    meanToken(outputNamed(a, 'last_hidden_state', model)),
    meanToken(outputNamed(b, 'last_hidden_state', model)),
  );
  const value = (angle + 1) / 2;
  return { value, parts: { cosine: angle }, explanation: `DINO score ${value.toFixed(4)} by ${model.name}.` };
}

function meanToken({ dims, data }: Tensor): Float64Array {
  const [, tokens = 0, channels = 0] = dims;
  const mean = new Float64Array(channels);
  for (let i = 0; i < tokens * channels; i++) {
    const channel = i % channels;
    mean[channel] = (mean[channel] ?? 0) + (data[i] ?? 0) / tokens;
  }
  return mean;
}
