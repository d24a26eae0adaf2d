import { dirname, join } from 'node:path';
import * as z from 'zod';
import { DatasetError } from '../core/errors.ts';
import { elementsOf } from './read/array.ts';
import { entriesOf } from './read/entry.ts';
import { picturePath, readPicture } from './read/picture.ts';
import type { LoadOptions, Sample } from './sample.ts';

/** What asks for an SVG of a picture; the others ask for text, or for an SVG of a text. */
const IMAGE_TO_SVG = 'ISVGEN';

interface Asked {
  readonly id?: string;
  readonly type: string;
  readonly question: string;
  readonly answer: string;
  readonly image: string | null | undefined;
}

/** The test file's own layout. */
const TestEntry = z
  .object({ type: z.string(), q_text: z.string(), a_text: z.string(), image_path: z.string().nullish() })
  .transform(
    ({ type, q_text, a_text, image_path }): Asked => ({
      type,
      question: q_text,
      answer: a_text,
      image: image_path,
    }),
  );

const Turn = z.object({ from: z.string(), value: z.string() });
/** The published training layout (LLaVA). It names no type: a picture answered by an SVG is the test file's ISVGEN. */
const TrainingEntry = z
  .object({
    id: z.union([z.string(), z.number()]).transform(String),
    image: z.string().nullish(),
    conversations: z.tuple([Turn, Turn], Turn),
  })
  .transform(
    ({ id, image, conversations: [question, answer] }): Asked => ({
      id,
      type: image && answer.value.includes('<svg') ? IMAGE_TO_SVG : 'other',
      question: question.value,
      answer: answer.value,
      image,
    }),
  );

const Entry = z.union([TestEntry, TrainingEntry], {
  error: 'neither {type, q_text, a_text, image_path} nor {id, image, conversations}',
});

/**
 * The pictures of UniSVG that are to be drawn as SVG (type ISVGEN): a JSON array, in the layout of its test file or of
 * its training files; entries of other kinds are passed over. Picture paths start from `png/` beside the file.
 * @throws DatasetError naming file and line.
 */
export async function* loadUniSvg(
  file: string,
  { images = join(dirname(file), 'png'), signal }: LoadOptions = {},
): AsyncGenerator<Sample> {
  let position = 0;
  for await (const { value, source } of entriesOf(file, elementsOf(file, signal), Entry)) {
    position++;
    if (value.type !== IMAGE_TO_SVG) continue;
    if (!value.image) throw new DatasetError(`${source}: field "image_path" is missing.`);
    const code = /<svg[\s>].*<\/svg>/s.exec(value.answer)?.[0];
    if (code === undefined) throw new DatasetError(`${source}: the answer holds no <svg> element.`);
    const path = await picturePath(images, value.image, source);
    yield {
      id: value.id ?? String(position),
      task: 'svg',
      language: 'svg',
      code,
      instructions: value.question.replaceAll('<image>', '').trim(),
      groups: { type: value.type },
      source,
      picture: () => readPicture(path, source),
    };
  }
}
