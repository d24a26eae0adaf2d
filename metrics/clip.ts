import type { Pixels } from '../tools/image/pixels.ts';
import { cosine, outputNamed, type VisionModel } from './learned/model.ts';
import type { Score } from './score.ts';

/**
 * CLIP similarity of two pictures: the cosine of their image embeddings, at most 1 (equal).
 * @param model with output `image_embeds`; UniSVG's is openai/clip-vit-large-patch14-336
 * @see Radford et al., "Learning transferable visual models", 2021
 */
export async function clipSimilarity(
  candidate: Pixels,
  reference: Pixels,
  model: VisionModel,
): Promise<Score> {
  const [a, b] = await Promise.all([model.run(candidate), model.run(reference)]);
  const value = cosine(
    outputNamed(a, 'image_embeds', model).data,
    outputNamed(b, 'image_embeds', model).data,
  );
  return { value, parts: {}, explanation: `CLIP similarity ${value.toFixed(4)} by ${model.name}.` };
}
