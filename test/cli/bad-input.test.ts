import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { verisim } from '../support/cli.ts';
import { emptyFolder } from '../support/folder.ts';

const white = () => sharp({ create: { width: 16, height: 16, channels: 3, background: 'white' } });

/** Runs `verisim refine` on one file made for the case. */
async function refine(name: string, content: Uint8Array | undefined, ...options: string[]) {
  const folder = await emptyFolder();
  const path = join(folder, name);
  if (content) await writeFile(path, content);
  const out = join(folder, 'out');
  const { exitCode, stderr, stdout } = await verisim(
    ['refine', path, '--task', 'svg', '--out', out, ...options],
    { cwd: folder },
  );
  return { exitCode, message: String(stderr), stdout, wrote: existsSync(out), path };
}

describe('bad input: a clear message, exit 2, nothing written', () => {
  it.each<[string, Uint8Array | undefined, RegExp]>([
    ['missing.png', undefined, /There is no file .*missing\.png/],
    ['text.png', Buffer.from('not a picture at all'), /text\.png is not a picture/],
    ['empty.png', Buffer.alloc(0), /empty\.png is empty/],
  ])('%s', async (name, content, message) => {
    const result = await refine(name, content);
    expect(result.message).toMatch(message);
    expect(result).toMatchObject({ exitCode: 2, stdout: '', wrote: false });
  });

  it('a picture that needs a model: how one is named', async () => {
    const { message } = await refine('blank.png', await white().png().toBuffer(), '--task', 'table');
    expect(message).toMatch(
      /needs a model: .* Choose a model as the generator\. Name one: --generator openai:MODEL/,
    );
  });

  it('a truncated PNG', async () => {
    const noise = Buffer.from(Array.from({ length: 64 * 64 * 3 }, (_, i) => (i * 7919) % 256));
    const png = await sharp(noise, { raw: { width: 64, height: 64, channels: 3 } })
      .png()
      .toBuffer();
    const result = await refine('cut.png', png.subarray(0, png.length / 2));
    expect(result.message).toMatch(/cut\.png is damaged/);
    expect(result).toMatchObject({ exitCode: 2, wrote: false });
  });

  it('a folder without pictures', async () => {
    const folder = await emptyFolder();
    await mkdir(join(folder, 'pictures'));
    const { exitCode, stderr } = await verisim([
      'refine',
      join(folder, 'pictures'),
      '--task',
      'svg',
      '--json',
    ]);
    expect(stderr).toMatch(/There is no picture in/);
    expect(exitCode).toBe(2);
  });

  it('an unknown task', async () => {
    const result = await refine('a.png', await white().png().toBuffer(), '--task', 'poem');
    expect(result.message).toMatch(/--task poem: .*chart.*table.*svg/);
    expect(result).toMatchObject({ exitCode: 2, wrote: false });
  });

  it('no task', async () => {
    const { exitCode, stderr } = await verisim(['refine', 'a.png']);
    expect(stderr).toMatch(/--task is missing.*chart, table, svg/);
    expect(exitCode).toBe(2);
  });

  it('an unknown option, and a number that is none', async () => {
    const png = await white().png().toBuffer();
    expect((await refine('a.png', png, '--rouns', '3')).message).toMatch(/--rouns/);
    const result = await refine('a.png', png, '--rounds', 'many');
    expect(result.message).toMatch(/--rounds many/);
    expect(result).toMatchObject({ exitCode: 2, wrote: false });
  });

  it('a configuration file with a typo', async () => {
    const folder = await emptyFolder();
    await writeFile(join(folder, 'verisim.config.json'), '{"generater": "embedded"}');
    await white().png().toFile(join(folder, 'a.png'));
    const { exitCode, stderr } = await verisim(['refine', 'a.png', '--task', 'svg'], { cwd: folder });
    expect(stderr).toMatch(/verisim\.config\.json.*\n.*generater/);
    expect(exitCode).toBe(2);
  });

  it('an API key that is missing', async () => {
    const result = await refine('a.png', await white().png().toBuffer(), '--generator', 'openai:gpt-5.2');
    expect(result.message).toMatch(/OPENAI_API_KEY/);
    expect(result).toMatchObject({ exitCode: 2, wrote: false });
  });

  it.each(['/proc/none/below', 'a.png'])('--out %s, before anything is paid for', async (out) => {
    const folder = await emptyFolder();
    await writeFile(join(folder, 'a.png'), await white().png().toBuffer());
    const { exitCode, stderr } = await verisim(
      ['refine', 'a.png', '--task', 'svg', '--out', out, '--generator', 'openai:never-asked'],
      { cwd: folder },
    );
    expect(stderr).toMatch(/^verisim: The folder .* cannot be written: .*Name another\.$/);
    expect(exitCode).toBe(2);
  });

  it('a model that is none, and a provider whose package is not installed', async () => {
    const png = await white().png().toBuffer();
    expect((await refine('a.png', png, '--generator', 'qwen')).message).toMatch(/There is no model "qwen"/);
    const result = await refine('a.png', png, '--generator', 'mistralai:pixtral-large');
    expect(result.message).toMatch(/npm install @langchain\/mistralai/);
    expect(result).toMatchObject({ exitCode: 2, wrote: false });
  });

  it('several pictures with nowhere to keep their results', async () => {
    const { exitCode, stderr } = await verisim(['refine', 'a.png', 'b.png', '--task', 'svg']);
    expect(stderr).toMatch(/--out/);
    expect(exitCode).toBe(2);
  });
});

it('pictures of every usual kind are taken: grey GIF, CMYK JPEG, transparent PNG', async () => {
  const folder = await emptyFolder();
  const drawing = sharp(
    Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg" width="48" height="48"><circle cx="24" cy="24" r="14" fill="#c02"/></svg>',
    ),
  );
  await drawing.clone().gif().toFile(join(folder, 'a.gif'));
  await drawing
    .clone()
    .flatten({ background: 'white' })
    .toColourspace('cmyk')
    .jpeg()
    .toFile(join(folder, 'b.jpg'));
  await drawing.clone().png().toFile(join(folder, 'c.png'));
  const { exitCode, stdout, stderr } = await verisim(
    ['refine', 'a.gif', 'b.jpg', 'c.png', '--task', 'svg', '--json', '--rounds', '0'],
    { cwd: folder },
  );
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
  expect(String(stdout).split('\n')).toHaveLength(3);
});
