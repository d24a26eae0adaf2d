import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import sharp from 'sharp';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { RunRecord } from '../../core/record.ts';
import { packed } from '../support/packed.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A picture that is read at once: what is tested here is the package. */
const disc =
  '<svg xmlns="http://www.w3.org/2000/svg" width="96" height="96"><rect width="96" height="96" fill="#fff"/><circle cx="48" cy="48" r="30" fill="#c02"/></svg>';

describe('the packed tarball, installed in an empty project', () => {
  let project = '';
  beforeAll(async () => {
    project = await packed();
  }, 300_000);

  it('has a working verisim binary', async () => {
    const { stdout } = await execa('npx', ['verisim', '--version'], { cwd: project });
    expect(stdout).toBe(JSON.parse(await readFile(join(root, 'package.json'), 'utf8')).version);
  });

  it('refines an icon and writes the report', async () => {
    await sharp(Buffer.from(disc)).png().toFile(join(project, 'icon.png'));
    await execa('npx', ['verisim', 'refine', 'icon.png', '--task', 'svg', '--out', 'out'], { cwd: project });
    const record = RunRecord.parse(JSON.parse(await readFile(join(project, 'out', 'run.json'), 'utf8')));
    expect(record.best).not.toBeNull();
    expect(await readFile(join(project, 'out', 'report.html'), 'utf8')).toContain('<!doctype html>');
  });

  it('ships the prompts, the Python worker, the page, the schema and the examples', async () => {
    const { stdout } = await execa('npx', ['verisim', 'doctor', '--json'], { cwd: project, reject: false });
    expect(JSON.parse(stdout).length).toBeGreaterThan(3);
    const schema = await readFile(
      join(project, 'node_modules/verisim/dist/schema/run-record.schema.json'),
      'utf8',
    );
    expect(JSON.parse(schema).title).toBe('Verisim run record');
  });

  it('serves its page, and ships the Python module for trainers', async () => {
    const main = join(project, 'node_modules/verisim/dist/cli/main.js');
    const ending = new AbortController();
    onTestFinished(() => ending.abort());
    const serving = execa('node', [main, 'serve', '--port', '0', '--log-level', 'silent'], {
      cwd: project,
      reject: false,
      cancelSignal: ending.signal,
    });
    const [url] = await once(serving.stdout, 'data');
    const page = await fetch(String(url).trim());
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await page.text()).toContain('<!doctype html>');
    const module = await readFile(
      join(project, 'node_modules/verisim/dist/python/verisim_reward.py'),
      'utf8',
    );
    expect(module).toContain('async def compute_score');
  });

  it('runs and type-checks the library examples of the README', async () => {
    const readme = await readFile(join(root, 'README.md'), 'utf8');
    const [example = '', ...others] = [...readme.matchAll(/```ts\n([\s\S]*?)```/g)].flatMap(
      ([, code = '']) => (code.includes("from 'verisim'") ? [code] : []),
    );
    expect(example).toContain("from 'verisim'");
    await writeFile(join(project, 'example.ts'), example);
    await Promise.all(others.map((code, i) => writeFile(join(project, `other-${i}.ts`), code)));
    await writeFile(join(project, 'strategy.ts'), await ownStrategy());
    const { all } = await execa(
      'tsc',
      [
        '--noEmit',
        '--strict',
        '--module',
        'nodenext',
        '--target',
        'esnext',
        '--types',
        'node',
        '--typeRoots',
        join(root, 'node_modules/@types'),
        'example.ts',
        'strategy.ts',
        ...others.map((_, i) => `other-${i}.ts`),
      ],
      { cwd: project, preferLocal: true, localDir: root, reject: false, all: true },
    );
    expect(all).toBe('');
    const { stdout } = await execa('node', ['example.ts'], { cwd: project });
    expect(stdout).toContain('<svg');
    const own = await execa('node', ['strategy.ts'], { cwd: project });
    expect(own.stdout).toBe('three-drafts 3');
  });
});

/** CONTRIBUTING's strategy of one's own, as a program outside the package. */
async function ownStrategy(): Promise<string> {
  const contributing = await readFile(join(root, 'CONTRIBUTING.md'), 'utf8');
  const [, example = ''] = /```ts\n(await verisim\.refine[\s\S]*?)```/.exec(contributing) ?? [];
  return [
    "import { createVerisim } from 'verisim';",
    'await using verisim = createVerisim();',
    `const { record } = ${example}`,
    'console.log(record.strategy.name, record.rounds.length);',
  ].join('\n');
}
