import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Imports by name, each of files of its own. */
const caught = [
  ['core/a', 'tools/b', 'floor-core'],
  ['tools/a', 'agents/b', 'floor-tools'],
  ['agents/a', 'metrics/b', 'floor-agents'],
  ['models/a', 'prompts/b', 'floor-models'],
  ['server/a', 'cli/b', 'floor-server'],
  ['web/a', 'runtime/b', 'web-draws-records'],
  ['runtime/a', 'test/b', 'floor-runtime'],
  ['core/c', 'npm:sharp', 'core-imports-zod-alone'],
  ['cli/c', 'npm:preact', 'no-dev-dependencies-in-the-product'],
] as const;
const allowed = [
  ['cli/d', 'server/d'],
  ['graphs/d', 'agents/d'],
  ['agents/e', 'tools/d'],
  ['core/d', 'npm:zod'],
] as const;

/** What the floor check says of a house with all of these imports. */
let said: readonly string[] = [];
beforeAll(async () => {
  const house = await mkdtemp(join(tmpdir(), 'verisim-house-'));
  for (const file of ['.dependency-cruiser.cjs', 'tsconfig.json', 'package.json']) {
    await cp(join(root, file), join(house, file));
  }
  await symlink(join(root, 'node_modules'), join(house, 'node_modules'));
  const put = async (path: string, text: string) => {
    await mkdir(dirname(join(house, path)), { recursive: true });
    await writeFile(join(house, path), text);
  };
  for (const [from, imported] of [...caught, ...allowed]) {
    const isPackage = imported.startsWith('npm:');
    await put(`${from}.ts`, `import '${isPackage ? imported.slice(4) : `../${imported}.ts`}';\n`);
    if (!isPackage) await put(`${imported}.ts`, 'export {};\n');
  }
  const { stdout } = await execa('depcruise', ['--output-type', 'err', '.'], {
    cwd: house,
    reject: false,
    preferLocal: true,
    localDir: root,
  });
  said = stdout.split('\n');
  await rm(house, { recursive: true });
});

const saidOf = (from: string) => said.filter((line) => line.includes(`${from}.ts`));

describe('the floor check', () => {
  it.each(caught)('catches %s importing %s', (from, _, rule) => {
    expect(saidOf(from)).toContainEqual(expect.stringContaining(rule));
  });

  it.each(allowed)('lets %s import %s', (from) => {
    expect(saidOf(from)).toEqual([]);
  });
});
