import { stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import * as z from 'zod';
import { DatasetError } from '../core/errors.ts';
import type { Picture } from '../core/picture.ts';
import { entriesOf, uniqueIds } from './read/entry.ts';
import { namesIn } from './read/folder.ts';
import { linesOf } from './read/lines.ts';
import { picturePath, readPicture } from './read/picture.ts';
import type { LoadOptions } from './sample.ts';

const common = {
  pdf: z.string().min(1),
  page: z.int().min(0),
  id: z.string().min(1),
  max_diffs: z.int().min(0).default(0),
};
const text = z.string().optional();

const Test = z.discriminatedUnion('type', [
  z.looseObject({
    ...common,
    type: z.literal('table'),
    cell: z.string(),
    up: text,
    down: text,
    left: text,
    right: text,
    top_heading: text,
    left_heading: text,
    ignore_markdown_tables: z.boolean().optional(),
  }),
  z.looseObject({
    ...common,
    type: z.enum(['present', 'absent', 'order', 'math', 'baseline', 'format', 'footnote']),
  }),
]);
type TableTest = Extract<z.infer<typeof Test>, { type: 'table' }>;

/** One table test of olmOCR-bench. */
export interface OlmOcrEntry {
  readonly id: string;
  /** Name of the file of tests: the benchmark's score is the mean over files. */
  readonly file: string;
  /** The page that the test asks about; tests of one page share it. */
  readonly page: string;
  readonly test: TableTest;
  /**
   * The page as a picture.
   * @throws DatasetError naming file and line, and the command that makes the picture, when it is missing.
   */
  picture(): Promise<Picture>;
  readonly source: string;
}

/**
 * The table tests of olmOCR-bench: one JSONL file, or a folder of them. Its tests of other kinds are passed over. The
 * benchmark's pages are PDF files in `pdfs/`; ours are pictures of them in `images/` beside the tests, named
 * `<pdf without .pdf>_pg<page>.png`.
 * @throws DatasetError naming file and line.
 */
export async function* loadOlmOcr(
  path: string,
  { images, signal }: LoadOptions = {},
): AsyncGenerator<OlmOcrEntry> {
  for (const file of await filesOf(path)) {
    const checkId = uniqueIds();
    const folder = images ?? join(dirname(file), 'images');
    for await (const { value, source } of entriesOf(file, linesOf(file, signal), Test)) {
      checkId(value.id, source);
      if (value.type !== 'table') continue;
      const page = `${value.pdf.replace(/\.pdf$/i, '')}_pg${value.page}`;
      yield {
        id: value.id,
        file: basename(file),
        page,
        test: value,
        source,
        async picture() {
          const name = await picturePath(folder, `${page}.png`, source).catch((cause: unknown) => {
            const why = cause instanceof Error ? cause.message : String(cause);
            const command = `pdftoppm -r 150 -png -singlefile -f ${value.page} -l ${value.page} pdfs/${value.pdf} images/${page}`;
            throw new DatasetError(`${why} Made by: ${command}`, { cause });
          });
          return readPicture(name, source);
        },
      };
    }
  }
}

async function filesOf(path: string): Promise<string[]> {
  const info = await stat(path).catch((cause: unknown) => {
    throw new DatasetError(
      `There is no file or folder ${path}. Give a JSONL file of tests, or their folder.`,
      { cause },
    );
  });
  if (!info.isDirectory()) return [path];
  const names = (await namesIn(path)).filter((name) => name.endsWith('.jsonl'));
  if (names.length === 0) throw new DatasetError(`There is no JSONL file of tests in ${path}.`);
  return names.map((name) => join(path, name));
}
