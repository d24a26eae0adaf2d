import { appendFile, cp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { svgRenderer } from '../../tools/render/svg.ts';
import { verisim } from '../support/cli.ts';
import { emptyFolder } from '../support/folder.ts';
import { openaiServer, streams } from '../support/openai-server.ts';
import { examples } from '../support/simulator.ts';

const bench = (args: readonly string[], env: Record<string, string> = {}) =>
  verisim(['bench', 'critic', ...args], { env });

/** A folder with one small picture and two labelled damages of it. */
async function smallIcon(): Promise<string> {
  const folder = await emptyFolder();
  const code =
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48" width="48" height="48"><circle cx="24" cy="24" r="14" fill="#e11d48"/><rect x="4" y="40" width="40" height="4" fill="#1d4ed8"/></svg>';
  const renderer = svgRenderer();
  const rendered = await renderer.render({ code });
  await renderer.close();
  if (rendered.kind !== 'rendered') throw new Error(rendered.message);
  await writeFile(join(folder, 'dot.png'), rendered.picture.png);
  await writeFile(join(folder, 'dot.svg'), code);
  const damage = {
    severity: 2,
    location: 'middle',
    description: 'The dot differs.',
    box: [0.2, 0.2, 0.6, 0.6],
  };
  const damages = [
    { ...damage, name: 'colour', category: 'style_error', right: '#e11d48', wrong: '#16a34a' },
    { ...damage, name: 'size', category: 'shape_error', right: 'r="14"', wrong: 'r="9"' },
  ];
  await writeFile(join(folder, 'dot.damage.json'), JSON.stringify({ task: 'svg', language: 'svg', damages }));
  return folder;
}

test('the embedded critic on a labelled icon: steady from run to run, and resumed where it ended', async () => {
  const folder = await smallIcon();
  const out = join(folder, 'out');
  const args = ['--pictures', folder, '--repeats', '1', '--out', out];
  const { stdout, exitCode } = await bench(args);
  expect(exitCode).toBe(0);
  expect(stdout).toContain('# Critic calibration: embedded');
  // As it is, each damage, and both; each shown plainly, swapped, scaled, as JPEG, and again.
  expect(stdout).toContain('Pictures: 1; labelled damages: 2; critiques: 20.');
  expect(stdout).toMatch(/\| svg: style_error +\| +1 \| +100 \|/);
  expect(stdout).toMatch(/\| the same again +\| +4 \| +100 \| +0\.00 \| +0 \|/);
  expect(stdout).toMatch(/\| false alarms on undamaged pictures \(%\) +\| +0 \|/);
  expect(stdout).toContain('Cost: 0 model calls');

  await appendFile(join(out, 'observations.jsonl'), '{"id": "icon pl');
  const again = await bench([...args, '--json']);
  expect(again.stderr).toContain('The last critique was half written');
  expect(again.stderr).toContain('20 of 20 critiques are there already.');
  expect(JSON.parse(String(again.stdout))).toMatchObject({ critic: 'embedded', critiques: 20 });
});

test('damages by operators take the place of the labelled ones', async () => {
  const folder = await smallIcon();
  const out = join(folder, 'out');
  const args = ['--pictures', folder, '--repeats', '0', '--damages', '3', '--seed', '2', '--out', out];
  const { stdout } = await bench(args);
  // As it is, each damage, and all three; each shown plainly, swapped, scaled, as JPEG.
  expect(stdout).toContain('Pictures: 1; labelled damages: 3; critiques: 20.');
  const other = await bench([...args, '--damages', '4']);
  expect(other.exitCode, 'a folder of other damages is refused').toBe(2);
});

test('a model that answers nonsense is not usable, and what it costs is counted', async () => {
  const folder = await emptyFolder();
  for (const file of ['icon.png', 'icon.svg', 'icon.damage.json'])
    await cp(join(examples, file), join(folder, file));
  const server = await openaiServer(streams('Both look fine to me.'));
  onTestFinished(() => server.close());
  const { stdout } = await bench(
    [
      '--pictures',
      folder,
      '--critic',
      'openai:scripted',
      '--repeats',
      '0',
      '--out',
      join(folder, 'out'),
      '--json',
    ],
    { OPENAI_BASE_URL: server.url, OPENAI_API_KEY: 'none' },
  );
  const calibration: unknown = JSON.parse(String(stdout));
  expect(calibration).toMatchObject({
    critic: 'openai:scripted',
    reliability: { usable: 0, falseAlarms: null },
    stability: [],
    cost: { calls: server.seen.length },
  });
  expect(server.seen.length).toBeGreaterThan(0);
});

test('a folder without labels, and a missing picture', async () => {
  const folder = await emptyFolder();
  const none = await bench(['--pictures', folder, '--out', join(folder, 'out')]);
  expect([none.exitCode, none.stdout]).toEqual([2, '']);
  expect(none.stderr).toContain('holds no *.damage.json');
  for (const file of ['icon.png', 'icon.svg', 'icon.damage.json'])
    await cp(join(examples, file), join(folder, file));
  await rm(join(folder, 'icon.png'));
  const missing = await bench(['--pictures', folder, '--out', join(folder, 'out')]);
  expect(missing.stderr).toContain(`There is no file ${join(folder, 'icon.png')}`);
});
