import type { Pixels } from '../../tools/image/pixels.ts';

/** Numbers of a model, row by row. */
export interface Tensor {
  readonly dims: readonly number[];
  readonly data: ArrayLike<number>;
}

/** A vision network whose weights the user supplies. Its outputs go by the names that its ONNX file gives them. */
export interface VisionModel {
  readonly name: string;
  run(pixels: Pixels): Promise<Readonly<Record<string, Tensor>>>;
}

/** @throws TypeError that names the outputs there are, when there is none of this name. */
export function outputNamed(
  outputs: Readonly<Record<string, Tensor>>,
  name: string,
  model: VisionModel,
): Tensor {
  const tensor = outputs[name];
  if (tensor) return tensor;
  const known = Object.keys(outputs).join(', ') || 'none';
  throw new TypeError(`The model ${model.name} has no output "${name}"; it has: ${known}.`);
}

/** Cosine of the angle between two vectors, -1 to 1; 0 when either is zero. */
export function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length)
    throw new RangeError(`Vectors of ${a.length} and ${b.length} numbers have no angle.`);
  let [dot, normA, normB] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i] ?? 0, b[i] ?? 0];
    dot += x * y;
    normA += x * x;
    normB += y * y;
  }
  return normA === 0 || normB === 0 ? 0 : dot / Math.sqrt(normA * normB);
}
