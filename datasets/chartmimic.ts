import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { DatasetError } from '../core/errors.ts';
import type { Picture } from '../core/picture.ts';
import { type ChartMimicNotes, notesBeside } from './chartmimic/notes.ts';
import { namesIn } from './read/folder.ts';
import { picturePath, readPicture } from './read/picture.ts';
import type { Sample } from './sample.ts';

/** Folders by task, those of the newer release (ICLR 2025) first, its smaller part before the larger. */
const folders = {
  direct: ['direct_600', 'direct_1800', 'ori_500'],
  customized: ['customized_600', 'customized_1800', 'customized_500'],
} as const;
export type ChartMimicTask = keyof typeof folders;

export interface ChartMimicOptions {
  /** direct: draw the picture again. customized: draw other data in the picture's style. */
  readonly task: ChartMimicTask;
  /** One folder of the release, e.g. `direct_1800`. Default: the first there is. */
  readonly split?: string;
  readonly signal?: AbortSignal;
}

/** `picture` is what the model is shown; `code` is the golden program. */
export interface ChartMimicSample extends Sample {
  readonly code: string;
  /** What the golden program draws. In the direct task it is `picture` itself. */
  goldenPicture(): Promise<Picture>;
  /** Customized task: the data of the new chart, which the benchmark puts before the generated code. */
  readonly data?: string;
}

/**
 * ChartMimic as released: `direct_600`, `direct_1800`, `customized_600`, `customized_1800`, or in the older release
 * `ori_500`, `customized_500`, each with `<type>_<number>.py` and `.png`. Instructions come from `test.jsonl` or
 * `dimentions_info.jsonl` and `dimentions_info_edit.jsonl` where they lie beside; a customized chart's style picture is
 * the direct one of the same name, unless `test.jsonl` names another that is there.
 * @param root the folder that holds those folders
 * @throws DatasetError when a folder, a picture or a line is missing or wrong.
 */
export async function* loadChartMimic(
  root: string,
  { task, split, signal }: ChartMimicOptions,
): AsyncGenerator<ChartMimicSample> {
  const folder = await folderOf(root, split === undefined ? folders[task] : [split]);
  const direct = task === 'direct' ? folder : await folderOf(root, partnersOf(basename(folder)));
  const notes = await notesBeside(root, task, basename(folder), signal);
  const names = (await namesIn(folder)).filter((name) => extname(name) === '.py');
  if (names.length === 0)
    throw new DatasetError(`There is no Python file in ${folder}. Extract the whole release.`);
  for (const name of names) {
    signal?.throwIfAborted();
    const id = basename(name, '.py');
    const source = join(folder, name);
    const code = await readFile(source, 'utf8');
    const note = notes.get(id);
    // The notes' paths start from wherever the release was packed, so they are taken where they lead somewhere.
    const named = note?.input && (await picturePath(root, pngOf(note.input), source).catch(() => undefined));
    const shown = named ?? (await picturePath(direct, `${id}.png`, source));
    const golden = await picturePath(folder, `${id}.png`, source);
    const data = task === 'customized' ? dataOf(code) : undefined;
    yield {
      id: `${basename(folder)}/${id}`,
      task: 'chart',
      language: 'matplotlib',
      code,
      ...instructionsOf(note),
      ...(data !== undefined && { data }),
      groups: { type: id.replace(/_\d+$/, ''), split: basename(folder) },
      source,
      picture: () => readPicture(shown, source),
      goldenPicture: () => readPicture(golden, source),
    };
  }
}

async function folderOf(root: string, names: readonly string[]): Promise<string> {
  for (const name of names) {
    const folder = basename(root) === name ? root : join(root, name);
    if (await isFolder(folder)) return folder;
    // The root may be one of the release's folders, and this its neighbour.
    const neighbour = join(dirname(root), name);
    if (/^(direct|customized|ori)_\d+$/.test(basename(root)) && (await isFolder(neighbour))) return neighbour;
  }
  throw new DatasetError(
    `${root} has none of the folders ${names.join(', ')}. Extract a release of ChartMimic there.`,
  );
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (info) => info.isDirectory(),
    () => false,
  );
}

/** The direct folders of the same release. */
function partnersOf(customized: string): readonly string[] {
  const partner = customized === 'customized_500' ? 'ori_500' : customized.replace('customized', 'direct');
  return [partner];
}

/** The release's notes name PDF files; each has a PNG beside it. */
function pngOf(path: string): string {
  return path.replace(/\.pdf$/i, '.png');
}

function instructionsOf(note: ChartMimicNotes | undefined): { instructions?: string } {
  const { instruction, width, height } = note ?? {};
  const size = width !== undefined && height !== undefined ? `Use figsize=(${width}, ${height}).` : undefined;
  const text = [instruction, size].filter((part) => part !== undefined).join('\n');
  return text === '' ? {} : { instructions: text };
}

/** The part of a golden program of the customized task that prepares its data, between the release's own headings. */
function dataOf(code: string): string | undefined {
  const heading = (part: string) => `# =+\\r?\\n# ${part}\\r?\\n# =+\\r?\\n`;
  const pattern = new RegExp(
    `${heading('Part 2: Data Preparation')}(.*?)${heading('Part 3: Plot Configuration and Rendering')}`,
    's',
  );
  return pattern.exec(code)?.[1]?.trim();
}
