import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, it, onTestFinished } from 'vitest';
import { DatasetError } from '../../../core/errors.ts';
import { examplesFolder, loadKnownPictures } from '../../../datasets/known.ts';
import { allDrafts, type Damages, damagedCode, quotedDraft } from '../../../server/simulate/draft.ts';
import { svgRenderer } from '../../../tools/render/svg.ts';
import { knownIcon, renderOf } from './support.ts';

it('reads the examples: a picture of each task, damaged in most of its categories', async () => {
  const pictures = await loadKnownPictures(examplesFolder);
  expect(pictures.map(({ task }) => task.name).sort()).toEqual(['chart', 'svg', 'table']);
  for (const { task, damages } of pictures) {
    expect(damages.length).toBeGreaterThanOrEqual(4);
    expect(new Set(damages.map(({ category }) => category)).size).toBeGreaterThanOrEqual(
      Math.min(3, task.categories.length),
    );
  }
});

it('reads off any draft what was done to it, whatever stands around it', async () => {
  for (const known of await loadKnownPictures(examplesFolder)) {
    for (const damages of allDrafts(known)) {
      const text = `Before.\n\`\`\`\n${damagedCode(known, damages)}\n\`\`\`\nAfter.`;
      expect(quotedDraft(known, text)).toEqual({ damages, lost: [] });
    }
    expect(quotedDraft(known, known.damages.map(({ description }) => description).join('\n'))).toBe(
      undefined,
    );
  }
});

it('boxes what each damage of the icon changes', async () => {
  const [icon, renderer] = [await knownIcon(), svgRenderer()];
  onTestFinished(() => renderer.close());
  const pixelsOf = async (damages: Damages) =>
    sharp((await renderOf(icon, damages, renderer)).png)
      .raw()
      .toBuffer();
  const right = await pixelsOf([]);
  const { width } = icon.picture;
  for (const damage of icon.damages) {
    const wrong = await pixelsOf([damage]);
    const changed = [...right.keys()].filter((i) => Math.abs((right[i] ?? 0) - (wrong[i] ?? 0)) > 8);
    const [x = 0, y = 0, w = 0, h = 0] = (damage.box ?? []).map((part) => part * width);
    const inside = changed.filter((i) => {
      const pixel = Math.floor(i / 3);
      const [column, row] = [pixel % width, Math.floor(pixel / width)];
      return column >= x && column < x + w && row >= y && row < y + h;
    });
    expect(inside.length / changed.length, damage.name).toBeGreaterThan(0.98);
  }
});

it('says what is wrong with a folder', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'verisim-known-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await expect(loadKnownPictures(join(folder, 'missing'))).rejects.toThrow(DatasetError);
  await expect(loadKnownPictures(folder)).rejects.toThrow(/holds no \*\.damage\.json/);

  for (const name of ['icon.svg', 'icon.png']) await cp(join(examplesFolder, name), join(folder, name));
  const manifest = await readFile(join(examplesFolder, 'icon.damage.json'), 'utf8');
  const load = async (text: string) => {
    await writeFile(join(folder, 'icon.damage.json'), text);
    return loadKnownPictures(folder);
  };
  expect(await load(manifest)).toHaveLength(1);
  await expect(load(manifest.replace('shape_error', 'data_error'))).rejects.toThrow(/no category/);
  await expect(load(manifest.replace('url(#sky)', 'url(#sea)'))).rejects.toThrow(/exactly once/);
  await expect(load(manifest.replace('"severity": 3', '"severity": 4'))).rejects.toThrow(/severity/);
  await expect(load(manifest.replace('"severity"', '"sevrity"'))).rejects.toThrow(/sevrity/);
});
