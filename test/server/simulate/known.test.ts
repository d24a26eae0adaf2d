import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { DatasetError } from '../../../core/errors.ts';
import { allDrafts, damagedCode, quotedDraft } from '../../../server/simulate/draft.ts';
import { examplesFolder, loadKnownPictures } from '../../../server/simulate/known.ts';

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
      expect(quotedDraft(known, text)).toEqual(damages);
    }
    expect(quotedDraft(known, known.damages.map(({ description }) => description).join('\n'))).toBe(
      undefined,
    );
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
