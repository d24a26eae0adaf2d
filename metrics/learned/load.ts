import { access, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import * as z from 'zod';
import { ConfigError } from '../../core/errors.ts';
import type { Pixels } from '../../tools/image/pixels.ts';
import type { LpipsModel } from '../lpips.ts';
import { imageNetPixels } from './imagenet.ts';
import type { Tensor, VisionModel } from './model.ts';

export interface LoadOptions {
  /** How the optional package @huggingface/transformers is had. Default: `import`. */
  readonly importer?: () => Promise<unknown>;
}

export interface LpipsOptions extends LoadOptions {
  /** Normalise pictures twice, as StarVector's script does; its published LPIPS compares only so. Default: false. */
  readonly starVectorInput?: boolean;
}

type Call = (input: unknown) => Promise<unknown>;

const loader = z.custom<{ from_pretrained(folder: string, options: object): Promise<Call> }>(
  (value) => typeof value === 'function' && 'from_pretrained' in value,
);
const newable = <T>() => z.custom<new (...values: unknown[]) => T>((value) => typeof value === 'function');

/** The part of @huggingface/transformers that is used here. */
const Transformers = z.looseObject({
  AutoModel: loader,
  AutoProcessor: loader,
  CLIPVisionModelWithProjection: loader,
  RawImage: newable<object>(),
  Tensor: newable<object>(),
});

const Outputs = z.record(
  z.string(),
  z.custom<Tensor>((value) => z.looseObject({ dims: z.array(z.number()) }).safeParse(value).success),
);

/**
 * A CLIP vision tower from a folder with config.json, preprocessor_config.json and onnx/vision_model.onnx.
 * Nothing is ever downloaded.
 * @throws ConfigError when the package or a file is missing, or the model cannot be loaded.
 */
export async function loadClip(folder: string, options: LoadOptions = {}): Promise<VisionModel> {
  return loadProcessed(folder, 'vision_model', 'CLIPVisionModelWithProjection', options);
}

/** A DINOv2 model from a folder with config.json, preprocessor_config.json and onnx/model.onnx; else as `loadClip`. */
export async function loadDino(folder: string, options: LoadOptions = {}): Promise<VisionModel> {
  return loadProcessed(folder, 'model', 'AutoModel', options);
}

const LpipsWeights = z.object({
  layers: z.array(z.object({ output: z.string(), weights: z.array(z.number()) })).min(1),
});

/**
 * An LPIPS network from a folder with config.json, onnx/model.onnx (input `pixel_values`, outputs the feature maps) and
 * lpips.json (`{"layers": [{"output", "weights"}]}`); docs/metrics.md says how to make one. Else as `loadClip`.
 */
export async function loadLpips(
  folder: string,
  { starVectorInput = false, ...options }: LpipsOptions = {},
): Promise<LpipsModel> {
  const { AutoModel, Tensor: MakeTensor } = await transformers(options);
  await requireFiles(folder, ['config.json', 'lpips.json', 'onnx/model.onnx']);
  const { layers } = await readWeights(join(folder, 'lpips.json'));
  const model = await fromPretrained(AutoModel, folder);
  return {
    name: basename(folder),
    layers,
    async run(pixels) {
      const values = imageNetPixels(pixels, starVectorInput);
      const dims = [1, 3, pixels.height, pixels.width];
      return Outputs.parse(await model({ pixel_values: new MakeTensor('float32', values, dims) }));
    },
  };
}

async function loadProcessed(
  folder: string,
  file: string,
  kind: 'AutoModel' | 'CLIPVisionModelWithProjection',
  options: LoadOptions,
): Promise<VisionModel> {
  const library = await transformers(options);
  await requireFiles(folder, ['config.json', 'preprocessor_config.json', `onnx/${file}.onnx`]);
  const processor = await fromPretrained(library.AutoProcessor, folder);
  const model = await fromPretrained(library[kind], folder);
  return {
    name: basename(folder),
    async run({ data, width, height }: Pixels) {
      return Outputs.parse(await model(await processor(new library.RawImage(data, width, height, 3))));
    },
  };
}

async function transformers({ importer }: LoadOptions): Promise<z.infer<typeof Transformers>> {
  // A name that is not a literal: the package is no dependency, and need not be there to type or bundle this file.
  const name: string = '@huggingface/transformers';
  const library: unknown = await (importer ? importer() : import(name)).catch((cause: unknown) => {
    throw new ConfigError(
      `Learned metrics (LPIPS, CLIP, DINO) need the package ${name}, which is not installed. Install it: npm install ${name}@4`,
      { cause },
    );
  });
  const { data, error } = Transformers.safeParse(library);
  if (data) return data;
  throw new ConfigError(
    `The installed ${name} is of another version than 4. Install it: npm install ${name}@4`,
    {
      cause: error,
    },
  );
}

async function requireFiles(folder: string, files: readonly string[]): Promise<void> {
  for (const file of files) {
    await access(join(folder, file)).catch((cause: unknown) => {
      throw new ConfigError(
        `The model folder ${folder} has no ${file}. Download the model in ONNX form into it (docs/metrics.md, "Learned metrics"); Verisim downloads nothing itself.`,
        { cause },
      );
    });
  }
}

async function readWeights(path: string): Promise<z.infer<typeof LpipsWeights>> {
  try {
    return LpipsWeights.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (cause) {
    throw new ConfigError(
      `${path} is no list of LPIPS weights: {"layers": [{"output": "…", "weights": […]}]}.`,
      {
        cause,
      },
    );
  }
}

async function fromPretrained(kind: z.infer<typeof loader>, folder: string): Promise<Call> {
  try {
    return await kind.from_pretrained(folder, { local_files_only: true, dtype: 'fp32' });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new ConfigError(`The model in ${folder} cannot be loaded (${why}). Download it again.`, { cause });
  }
}
