import { dirname, join } from 'node:path';
import * as z from 'zod';
import { DatasetError } from '../core/errors.ts';
import { cropPolygon } from '../tools/image/crop.ts';
import { elementsOf } from './read/array.ts';
import { entriesOf } from './read/entry.ts';
import { picturePath, readPicture } from './read/picture.ts';
import type { LoadOptions, Sample } from './sample.ts';

const Attributes = z.record(z.string(), z.unknown());

const Page = z.looseObject({
  layout_dets: z.array(
    z.looseObject({
      category_type: z.string(),
      poly: z.array(z.number()).length(8),
      anno_id: z.union([z.number(), z.string()]).optional(),
      html: z.string().nullish(),
      attribute: Attributes.nullish(),
    }),
  ),
  page_info: z.looseObject({
    image_path: z.string().min(1),
    width: z.number().positive().optional(),
    height: z.number().positive().optional(),
    page_attribute: Attributes.nullish(),
  }),
});

/** A table of OmniDocBench; `code` is its HTML. */
export interface OmniDocBenchSample extends Sample {
  /** Name of the page's picture: the benchmark's edit distance is the mean over pages. */
  readonly page: string;
  readonly code: string;
}

/**
 * The tables of OmniDocBench that are given as HTML: one JSON array of pages, the tables cropped from the pages'
 * pictures by their polygons. Pictures are in `images/` beside the file. Groups are the page's and the table's
 * attributes.
 * @throws DatasetError naming file and line.
 */
export async function* loadOmniDocBench(
  file: string,
  { images = join(dirname(file), 'images'), signal }: LoadOptions = {},
): AsyncGenerator<OmniDocBenchSample> {
  for await (const { value, source } of entriesOf(file, elementsOf(file, signal), Page)) {
    const { image_path: name, width, height, page_attribute } = value.page_info;
    const tables = value.layout_dets.filter((element) => element.category_type === 'table' && element.html);
    if (tables.length === 0) continue;
    const path = await picturePath(images, name, source);
    for (const [index, { html, poly, anno_id, attribute }] of tables.entries()) {
      const id = `${name}#${anno_id ?? index}`;
      yield {
        id,
        task: 'table',
        language: 'html',
        code: html ?? '',
        page: name,
        groups: groupsOf({ ...page_attribute, ...attribute }),
        source,
        async picture() {
          const page = await readPicture(path, source);
          // Polygons are in pixels of the page as annotated, which a smaller copy of the page need not have.
          const [scaleX, scaleY] = [
            page.width / (width ?? page.width),
            page.height / (height ?? page.height),
          ];
          const corners = [0, 2, 4, 6].map((at) => ({
            x: (poly[at] ?? 0) * scaleX,
            y: (poly[at + 1] ?? 0) * scaleY,
          }));
          const table = await cropPolygon(page, corners);
          if (table) return table;
          throw new DatasetError(
            `${source}: the table ${id} lies outside its page of ${page.width} x ${page.height} pixels.`,
          );
        },
      };
    }
  }
}

/** Attributes with one value; lists of special issues are no groups. */
function groupsOf(attributes: Readonly<Record<string, unknown>>): Record<string, string> {
  const single = Object.entries(attributes).filter(([, value]) =>
    ['string', 'number', 'boolean'].includes(typeof value),
  );
  return Object.fromEntries(single.map(([name, value]) => [name, String(value)]));
}
