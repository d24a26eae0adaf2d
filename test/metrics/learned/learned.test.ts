import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clipSimilarity } from '../../../metrics/clip.ts';
import { dinoScore } from '../../../metrics/dino.ts';
import { imageNetPixels } from '../../../metrics/learned/imagenet.ts';
import { loadClip, loadDino, loadLpips } from '../../../metrics/learned/load.ts';
import type { Tensor, VisionModel } from '../../../metrics/learned/model.ts';
import { type LpipsModel, lpips } from '../../../metrics/lpips.ts';
import type { Pixels } from '../../../tools/image/pixels.ts';
import { onnxModel, writeModel } from './onnx.ts';

const flat = (red: number, green: number, blue: number, width = 4, height = 4): Pixels => ({
  width,
  height,
  data: Uint8Array.from({ length: width * height * 3 }, (_, i) => [red, green, blue][i % 3] ?? 0),
});
const red = flat(255, 0, 0);
const green = flat(0, 255, 0);
const dark = flat(100, 0, 0);

/** A network small enough to work out by hand: its features are the picture's own values, 0 to 1. */
const tiny = (outputs: (pixels: Pixels) => Record<string, Tensor>): VisionModel => ({
  name: 'tiny',
  run: async (pixels) => outputs(pixels),
});
const planes = ({ width, height, data }: Pixels): Tensor => {
  const places = width * height;
  const values = Array.from(
    { length: 3 * places },
    (_, i) => (data[(i % places) * 3 + Math.floor(i / places)] ?? 0) / 255,
  );
  return { dims: [1, 3, height, width], data: values };
};
const tokens = ({ width, height, data }: Pixels): Tensor => ({ dims: [1, width * height, 3], data });

describe('arithmetic on tiny networks', () => {
  test('CLIP similarity is the cosine of the embeddings', async () => {
    const model = tiny(({ data }) => ({ image_embeds: { dims: [1, 3], data: data.slice(0, 3) } }));
    expect((await clipSimilarity(red, red, model)).value).toBe(1);
    expect((await clipSimilarity(red, green, model)).value).toBe(0);
    // (255, 255, 0) and (255, 0, 0): 1 / sqrt(2).
    expect((await clipSimilarity(flat(255, 255, 0), red, model)).value).toBeCloseTo(Math.SQRT1_2, 12);
  });

  test('the DINO score averages the tokens and lies between 0 and 1', async () => {
    const model = tiny((pixels) => ({ last_hidden_state: tokens(pixels) }));
    expect((await dinoScore(red, dark, model)).value).toBe(1);
    const halves = { ...red, data: Uint8Array.from([...red.data.slice(0, 24), ...green.data.slice(24)]) };
    const score = await dinoScore(halves, red, model);
    expect(score.parts['cosine']).toBeCloseTo(Math.SQRT1_2, 12);
    expect(score.value).toBeCloseTo((1 + Math.SQRT1_2) / 2, 12);
  });

  test('LPIPS weighs squared differences of channel-normalised features', async () => {
    const model: LpipsModel = {
      ...tiny((pixels) => ({ first: planes(pixels), second: planes(pixels) })),
      layers: [
        { output: 'first', weights: [1, 1, 1] },
        { output: 'second', weights: [0.5, 0, 0] },
      ],
    };
    expect((await lpips(red, red, model)).value).toBe(0);
    // Normalised along the channels, a darker red is the same red.
    expect((await lpips(dark, red, model)).value).toBeCloseTo(0, 9);
    const apart = await lpips(green, red, model);
    expect(apart.parts['first']).toBeCloseTo(2, 6);
    expect(apart.parts['second']).toBeCloseTo(0.5, 6);
    expect(apart.value).toBeCloseTo(2.5, 6);
    expect((await lpips(red, green, model)).value).toBeCloseTo(apart.value, 12);
  });

  test('weights that do not fit, other sizes and missing outputs are errors, not numbers', async () => {
    const model = tiny((pixels) => ({ first: planes(pixels) }));
    const layers = [{ output: 'first', weights: [1, 1] }];
    await expect(lpips(red, green, { ...model, layers })).rejects.toThrow('3 channels and 2 weights');
    await expect(lpips(flat(0, 0, 0, 2, 2), red, { ...model, layers })).rejects.toThrow('one size');
    await expect(clipSimilarity(red, green, model)).rejects.toThrow(
      'no output "image_embeds"; it has: first',
    );
  });
});

test('LPIPS takes pictures normalised once, or for StarVector twice', () => {
  const [red0] = imageNetPixels(flat(255, 0, 0, 1, 1));
  const [red1] = imageNetPixels(flat(255, 0, 0, 1, 1), true);
  expect(red0).toBeCloseTo((1 - 0.485) / 0.229, 5);
  expect(red1).toBeCloseTo(((1 - 0.485) / 0.229 + 0.03) / 0.458, 5);
});

describe('what is said when something is missing', () => {
  test('the package', async () => {
    const importer = () => Promise.reject(new Error('Cannot find package'));
    await expect(loadClip('/nowhere', { importer })).rejects.toThrow(
      'npm install @huggingface/transformers@4',
    );
  });

  test('an old version of the package', async () => {
    await expect(loadClip('/nowhere', { importer: async () => ({}) })).rejects.toThrow(
      'another version than 4',
    );
  });
});

const library: unknown = await import(/* @vite-ignore */ ['@huggingface', 'transformers'].join('/')).catch(
  () => undefined,
);

// The package is optional and large (474 MB with its runtimes): where it is installed, the real loaders are run.
describe.skipIf(library === undefined)('with @huggingface/transformers and ONNX models of our own', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'verisim-models-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const preprocessor = {
    image_processor_type: 'CLIPImageProcessor',
    do_resize: true,
    size: { height: 4, width: 4 },
    resample: 3,
    do_center_crop: false,
    do_rescale: true,
    rescale_factor: 1 / 255,
    do_normalize: false,
  };
  const pooled = { op: 'GlobalAveragePool', inputs: ['pixel_values'], outputs: ['pooled'] };

  test('CLIP: a vision tower that averages each channel', async () => {
    const path = join(folder, 'clip');
    const flatten = { op: 'Flatten', inputs: ['pooled'], outputs: ['image_embeds'] };
    await writeModel(path, {
      'config.json': { model_type: 'clip_vision_model' },
      'preprocessor_config.json': preprocessor,
      'onnx/vision_model.onnx': onnxModel([pooled, flatten], { image_embeds: 2 }),
    });
    const model = await loadClip(path);
    expect((await clipSimilarity(flat(255, 255, 0), red, model)).value).toBeCloseTo(Math.SQRT1_2, 5);
  });

  test('DINO: a hidden state of one token a row', async () => {
    const path = join(folder, 'dino');
    const rows = {
      op: 'ReduceMax',
      inputs: ['pixel_values'],
      outputs: ['rows'],
      attributes: { axes: [3], keepdims: 0 },
    };
    const turn = {
      op: 'Transpose',
      inputs: ['rows'],
      outputs: ['last_hidden_state'],
      attributes: { perm: [0, 2, 1] },
    };
    await writeModel(path, {
      'config.json': { model_type: 'dinov2' },
      'preprocessor_config.json': { ...preprocessor, image_processor_type: 'BitImageProcessor' },
      'onnx/model.onnx': onnxModel([rows, turn], { last_hidden_state: 3 }),
    });
    const model = await loadDino(path);
    expect((await dinoScore(flat(255, 255, 0), red, model)).parts['cosine']).toBeCloseTo(Math.SQRT1_2, 5);
  });

  test('LPIPS: the picture itself is the feature map', async () => {
    const path = join(folder, 'lpips');
    await writeModel(path, {
      'config.json': { model_type: 'lpips' },
      'lpips.json': { layers: [{ output: 'feature_0', weights: [1, 1, 1] }] },
      'onnx/model.onnx': onnxModel([{ op: 'Identity', inputs: ['pixel_values'], outputs: ['feature_0'] }], {
        feature_0: 4,
      }),
    });
    const model = await loadLpips(path);
    expect((await lpips(red, red, model)).value).toBe(0);
    expect((await lpips(green, red, model)).value).toBeGreaterThan(1);
  });

  test('a folder without the file names the file', async () => {
    await expect(loadDino(join(folder, 'empty'))).rejects.toThrow('has no config.json');
  });
});
