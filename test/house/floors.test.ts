import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
let house = '';
beforeAll(async () => {
  house = await mkdtemp(join(tmpdir(), 'verisim-house-'));
  for (const file of ['.dependency-cruiser.cjs', 'tsconfig.json', 'package.json']) {
    await cp(join(root, file), join(house, file));
  }
  await symlink(join(root, 'node_modules'), join(house, 'node_modules'));
});
afterAll(() => rm(house, { recursive: true }));

/** What the floor check says of one file that imports another. */
async function violations(from: string, imported: string): Promise<string> {
  await rm(join(house, 'sources'), { recursive: true, force: true });
  for (const [path, text] of [
    [from, `import '${imported.startsWith('npm:') ? imported.slice(4) : `../${imported}`}';\n`],
    ...(imported.startsWith('npm:') ? [] : [[imported, 'export {};\n']]),
  ] as [string, string][]) {
    await mkdir(dirname(join(house, path)), { recursive: true });
    await writeFile(join(house, path), text);
  }
  const { stdout } = await execa('depcruise', ['--output-type', 'err', from], {
    cwd: house,
    reject: false,
    preferLocal: true,
    localDir: root,
  });
  return stdout;
}

describe('the floor check', () => {
  it.each([
    ['core/a.ts', 'tools/b.ts', 'floor-core'],
    ['tools/a.ts', 'agents/b.ts', 'floor-tools'],
    ['agents/a.ts', 'metrics/b.ts', 'floor-agents'],
    ['models/a.ts', 'prompts/b.ts', 'floor-models'],
    ['server/a.ts', 'cli/b.ts', 'floor-server'],
    ['web/a.ts', 'runtime/b.ts', 'web-draws-records'],
    ['runtime/a.ts', 'test/b.ts', 'floor-runtime'],
    ['core/a.ts', 'npm:sharp', 'core-imports-zod-alone'],
    ['cli/a.ts', 'npm:preact', 'no-dev-dependencies-in-the-product'],
  ])('catches %s importing %s', async (from, imported, rule) => {
    expect(await violations(from, imported)).toContain(rule);
  });

  it.each([
    ['cli/a.ts', 'server/b.ts'],
    ['graphs/a.ts', 'agents/b.ts'],
    ['agents/a.ts', 'tools/b.ts'],
    ['core/a.ts', 'npm:zod'],
  ])('lets %s import %s', async (from, imported) => {
    expect(await violations(from, imported)).toContain('no dependency violations');
  });
});
