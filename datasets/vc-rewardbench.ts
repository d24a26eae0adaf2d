import { dirname } from 'node:path';
import * as z from 'zod';
import type { Picture } from '../core/picture.ts';
import { elementsOf } from './read/array.ts';
import { entriesOf, uniqueIds } from './read/entry.ts';
import { linesOf, textOf } from './read/lines.ts';
import { picturePath, readPicture } from './read/picture.ts';
import type { LoadOptions } from './sample.ts';

const ErrorEntry = z.looseObject({
  type: z.string().nullish(),
  category: z.string().nullish(),
  severity: z.unknown(),
  description: z.unknown(),
});

const Item = z.looseObject({
  id: z.union([z.string(), z.number()]).transform(String),
  idx: z.union([z.number(), z.string()]).optional(),
  category: z.enum(['chart', 'table', 'svg']),
  gt_img_path: z.string().min(1),
  pred_img_path: z.string().min(1),
  human_errors: z
    .array(ErrorEntry)
    .nullish()
    .transform((errors) => errors ?? []),
  pred_json: z.looseObject({ errors: z.array(ErrorEntry).nullish() }).nullish(),
  error_parse_failed_reason: z.string().nullish(),
});

/** One pair of pictures of VC-RewardBench, what a person finds wrong, and in a file of predictions what a critic finds. */
export type RewardBenchEntry = z.infer<typeof Item> & {
  reference(): Promise<Picture>;
  candidate(): Promise<Picture>;
  readonly source: string;
};

/**
 * VC-RewardBench, or predictions on it: JSONL as published, or one JSON array as the official script reads.
 * Picture paths start from the file's folder.
 * @throws DatasetError naming file and line for a wrong layout, an id that comes twice, or (when asked for) a picture
 *   that is missing.
 */
export async function* loadVcRewardBench(
  file: string,
  { images = dirname(file), signal }: LoadOptions = {},
): AsyncGenerator<RewardBenchEntry> {
  const pieces = (await isArray(file, signal)) ? elementsOf(file, signal) : linesOf(file, signal);
  const checkId = uniqueIds();
  for await (const { value, source } of entriesOf(file, pieces, Item)) {
    checkId(value.id, source);
    const picture = async (name: string) => readPicture(await picturePath(images, name, source), source);
    yield {
      ...value,
      source,
      reference: () => picture(value.gt_img_path),
      candidate: () => picture(value.pred_img_path),
    };
  }
}

async function isArray(file: string, signal?: AbortSignal): Promise<boolean> {
  for await (const chunk of textOf(file, signal)) {
    const start = chunk.trimStart();
    if (start !== '') return start.startsWith('[');
  }
  return false;
}
