import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { expect, it } from 'vitest';
import { batchItems, isOnePicture, pictureKey } from '../../runtime/batch-items.ts';
import { emptyFolder } from '../support/folder.ts';

async function folderWith(...files: readonly string[]): Promise<string> {
  const folder = await emptyFolder();
  for (const file of files) {
    await mkdir(join(folder, file, '..'), { recursive: true });
    await writeFile(join(folder, file), '');
  }
  return folder;
}

it('finds all pictures in and below a folder, in the order of their names', async () => {
  const folder = await folderWith('b.jpg', 'a.png', 'sub/c.webp', '.hidden.png', '.git/d.png', 'notes.txt');
  const items = await batchItems([folder], { task: 'svg' });
  expect(items.map(({ image, run }) => [relative(folder, image), run])).toEqual([
    ['a.png', 'a'],
    ['b.jpg', 'b'],
    ['sub/c.webp', 'sub/c'],
  ]);
});

it('tells runs of one name apart, never lets one stand in the folder of another, names none twice', async () => {
  const folder = await folderWith('a.jpg', 'a.png', 'a/a.png', 'a/rounds.png', 'runs.jsonl.png');
  const items = await batchItems([folder, join(folder, 'a.png')], { task: 'svg' });
  expect(items.map(({ run }) => run)).toEqual(['a/a', 'a/rounds', 'a-2', 'a-3', 'runs.jsonl-2']);
});

it('keeps the names that runs already have', async () => {
  const folder = await folderWith('b/icon.png', 'c/icon.png');
  const [b, c] = [join(folder, 'b/icon.png'), join(folder, 'c/icon.png')];
  const first = await batchItems([b, c], { task: 'svg' });
  const known = new Map(first.map(({ image, run }) => [pictureKey(image, 'svg'), run]));
  await mkdir(join(folder, 'a'));
  await writeFile(join(folder, 'a/icon.png'), '');
  const second = await batchItems([join(folder, 'a/icon.png'), b, c], { task: 'svg', known });
  expect(first.map(({ run }) => run)).toEqual(['icon', 'icon-2']);
  expect(second.map(({ run }) => run)).toEqual(['icon-3', 'icon', 'icon-2']);
});

it('reads a .jsonl file: paths as seen from it, a task of its own before the common one', async () => {
  const folder = await folderWith('pictures/a.png', 'b.png');
  const list = join(folder, 'list.jsonl');
  await writeFile(list, '{"image":"pictures/a.png","task":"chart"}\n\n{"image":"b.png"}\n');
  expect(await batchItems([list], { task: 'table' })).toEqual([
    { image: join(folder, 'pictures/a.png'), run: 'pictures/a', task: 'chart' },
    { image: join(folder, 'b.png'), run: 'b', task: 'table' },
  ]);
});

it('tells one picture from many', async () => {
  const folder = await folderWith('a[1].png', 'list.jsonl');
  expect(await isOnePicture(join(folder, 'a[1].png'))).toBe(true);
  expect(await isOnePicture(join(folder, 'missing.png'))).toBe(true);
  expect(await isOnePicture(join(folder, '*.png'))).toBe(false);
  expect(await isOnePicture(join(folder, 'list.jsonl'))).toBe(false);
  expect(await isOnePicture(folder)).toBe(false);
});
