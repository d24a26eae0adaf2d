import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { descendants } from '../conformance/descendants.ts';
import { verisim } from '../support/cli.ts';
import { emptyFolder } from '../support/folder.ts';

const chart = 'import matplotlib.pyplot as plt\nplt.figure(figsize=(2, 1))\nplt.bar([1, 2], [3, 4])\n';
const svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><path d="M1 1h6v7z"/></svg>';
const html = '<table><tr><th>City</th><td>Oslo</td></tr></table>';
const markdown = '| City | Year |\n| --- | --- |\n| Oslo | 1811 |\n';

async function folderOf(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const folder = await emptyFolder();
  for (const [name, content] of Object.entries(files)) {
    await mkdir(join(folder, name, '..'), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  return folder;
}

async function render(cwd: string, ...args: string[]) {
  const { exitCode, stdout, stderr } = await verisim(['render', ...args], { cwd });
  const lines = String(stdout)
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Record<string, unknown> => JSON.parse(line));
  return { exitCode, lines, stderr: String(stderr) };
}

describe('verisim render of one file', () => {
  it('writes the picture at the size asked for', async () => {
    const cwd = await folderOf({ 'a.svg': svg });
    const { exitCode, lines } = await render(cwd, 'a.svg', '--out', 'x.png', '--size', '60x40', '--json');
    expect({ exitCode, lines }).toMatchObject({ exitCode: 0, lines: [{ kind: 'rendered', width: 60 }] });
    expect(await sharp(join(cwd, 'x.png')).metadata()).toMatchObject({ width: 60, height: 40 });
  });

  it('says why code does not render, with its line, and writes nothing', async () => {
    const cwd = await folderOf({ 'a.py': `${chart}plt.nothing()\n` });
    const { exitCode, stderr } = await render(cwd, 'a.py', '--out', 'x.png');
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/a\.py does not render: runtime-error \(line 4\): .*nothing/);
    expect(await readdir(cwd)).toEqual(['a.py']);
  });
});

describe('verisim render of a folder', () => {
  it('renders all languages, keeps going after bad files, and accounts for each in order', async () => {
    const cwd = await folderOf({
      'in/a.py': chart,
      'in/a.svg': svg,
      'in/broken.py': 'plt.(',
      'in/deep/er/t.html': html,
      'in/deep/t.md': markdown,
      'in/latin1.svg': Buffer.from('<svg>\u00e9</svg>', 'latin1'),
      'in/none.py': 'pass',
      'in/notes.txt': 'not code',
      'in/.hidden/a.svg': svg,
      'in/wrong.svg': '<svg><g></svg>',
    });
    await symlink('..', join(cwd, 'in', 'loop'));
    const { exitCode, lines, stderr } = await render(cwd, 'in', '--out', 'out', '--json');
    expect(lines.map(({ file, kind, outcome }) => [file, outcome ?? kind])).toEqual([
      ['in/a.py', 'rendered'],
      ['in/a.svg', 'rendered'],
      ['in/broken.py', 'syntax-error'],
      ['in/deep/er/t.html', 'rendered'],
      ['in/deep/t.md', 'rendered'],
      ['in/latin1.svg', 'error'],
      ['in/none.py', 'no-figure'],
      ['in/wrong.svg', 'invalid-markup'],
    ]);
    const written = lines.flatMap(({ out }) => (out === undefined ? [] : [out]));
    expect(written).toEqual(['out/a.py.png', 'out/a.svg.png', 'out/deep/er/t.png', 'out/deep/t.png']);
    for (const path of written) expect((await sharp(join(cwd, String(path))).metadata()).format).toBe('png');
    expect(stderr).toMatch(/4 of 8 rendered/);
    for (const outcome of ['syntax-error', 'no-figure', 'invalid-markup', 'error']) {
      expect(stderr).toMatch(new RegExp(`^ {2}${outcome} +1$`, 'm'));
    }
    expect(exitCode, 'one file is no text: wrong use').toBe(2);
  });

  it('ends with 0 when all rendered and with 1 when some did not', async () => {
    const cwd = await folderOf({
      'good/a.svg': svg,
      'good/b.svg': svg,
      'some/a.svg': svg,
      'some/b.svg': 'x',
    });
    expect(await render(cwd, 'good', '--out', 'out')).toMatchObject({ exitCode: 0, lines: [] });
    expect((await render(cwd, 'some', '--out', 'out')).exitCode).toBe(1);
  });

  it('takes files and folders together, and of a folder only what the task is about', async () => {
    const cwd = await folderOf({ 'in/a.svg': svg, 'in/b.py': chart, 'c.svg': svg });
    const { exitCode, lines } = await render(cwd, 'c.svg', 'in', '--task', 'svg', '--out', 'out', '--json');
    expect(exitCode).toBe(0);
    expect(lines.map(({ out }) => out)).toEqual(['out/c.png', 'out/a.png']);
  });

  it('never lets two files have one picture', async () => {
    const cwd = await folderOf({
      'a/x.svg': svg,
      'b/x.svg': svg.replace('M1 1', 'M2 2'),
      'b/x.md': markdown,
    });
    const { lines } = await render(cwd, 'a/x.svg', 'b/x.svg', 'b/x.md', '--out', 'out', '--json');
    expect(lines.map(({ out }) => out)).toEqual(['out/x.svg.png', 'out/x.svg-2.png', 'out/x.md.png']);
    expect((await readdir(join(cwd, 'out'))).sort()).toEqual(['x.md.png', 'x.svg-2.png', 'x.svg.png']);
  });

  it('waits for no pipe, and renders the others', async () => {
    const cwd = await folderOf({ 'a.svg': svg });
    await execa('mkfifo', [join(cwd, 'pipe.py')]);
    const { exitCode, stderr } = await render(cwd, 'a.svg', 'pipe.py', '--out', 'out');
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: expect.stringMatching(/pipe\.py is no ordinary file/),
    });
    expect(existsSync(join(cwd, 'out/a.png'))).toBe(true);
  });

  it('renders what there is when a named file is missing', async () => {
    const cwd = await folderOf({ 'a.svg': svg });
    const { exitCode, stderr } = await render(cwd, 'a.svg', 'missing.svg', '--out', 'out');
    expect({ exitCode, stderr }).toMatchObject({
      exitCode: 2,
      stderr: expect.stringMatching(/missing\.svg/),
    });
    expect(await readdir(join(cwd, 'out'))).toEqual(['a.png']);
  });
});

describe('wrong use of verisim render: exit 2, nothing written', () => {
  it.each<[string, string[], RegExp]>([
    ['no --out', ['a.svg'], /--out is missing/],
    ['an unknown extension', ['a.txt', '--out', 'x.png'], /a\.txt .*\.py.*--task/],
    ['a folder without code', ['empty', '--out', 'out'], /no file of code .*empty/],
    ['an unknown language', ['a.svg', '--language', 'latex', '--out', 'x.png'], /latex/],
    ['a size that is none', ['a.svg', '--size', 'big', '--out', 'x.png'], /--size big/],
    ['a file in the place of the folder', ['a.svg', 'b.svg', '--out', 'a.txt'], /a\.txt/],
  ])('%s', async (_, args, message) => {
    const cwd = await folderOf({ 'a.svg': svg, 'b.svg': svg, 'a.txt': 'x' });
    await mkdir(join(cwd, 'empty'));
    const { exitCode, stderr } = await render(cwd, ...args);
    expect(stderr).toMatch(message);
    expect(exitCode).toBe(2);
    expect((await readdir(cwd)).sort()).toEqual(['a.svg', 'a.txt', 'b.svg', 'empty']);
  });
});

describe.skipIf(process.platform !== 'linux')('Ctrl-C in the middle of a folder', () => {
  it('ends with 130, keeps whole pictures, prints what is done, leaves no child', async () => {
    const slow = `import time\n${chart}time.sleep(20)\n`;
    const names = Array.from({ length: 30 }, (_, index) => `in/${String(index).padStart(2, '0')}.py`);
    const cwd = await folderOf(
      Object.fromEntries(names.map((name, index) => [name, index % 10 === 5 ? slow : chart])),
    );
    const cli = verisim(['render', 'in', '--out', 'out', '--json', '--workers', '2'], { cwd });
    while (!existsSync(join(cwd, 'out', '06.png'))) await sleep(20);
    const below = await descendants(cli.pid ?? 0);
    expect(below.length).toBeGreaterThan(0);
    cli.kill('SIGINT');
    const { exitCode, stdout, stderr } = await cli;
    expect(exitCode).toBe(130);
    const files = (await readdir(join(cwd, 'out'))).sort();
    const done = String(stdout)
      .split('\n')
      .map((line): Record<string, unknown> => JSON.parse(line));
    expect(done.map(({ out }) => out)).toEqual(files.map((file) => `out/${file}`));
    expect(files.length).toBeLessThan(30);
    for (const file of files) await sharp(await readFile(join(cwd, 'out', file))).stats();
    expect(stderr).toMatch(new RegExp(`${files.length} of 30 rendered, interrupted after ${files.length}`));
    const living = async () => below.filter((pid) => existsSync(`/proc/${pid}/exe`)).length;
    await expect.poll(living, { timeout: 5000 }).toBe(0);
  });
});
