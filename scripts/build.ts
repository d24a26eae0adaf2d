/**
 * Builds dist/: JavaScript and declarations by tsc, and beside them, at the same relative places as in the
 * sources, what the code reads at run time (prompts, the Python worker, the page, the schemas).
 */
import { chmod, cp, glob, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const run = execa({ cwd: root, preferLocal: true, stdio: 'inherit' });

await rm(dist, { recursive: true, force: true });
await run`node scripts/build-page.ts`;
await run`tsc -p tsconfig.build.json`;

const assets = [
  'prompts/**/*.md',
  '{tools,metrics,datasets}/**/*.py',
  'web/dist/**/*.html',
  'python/*.py',
  'schema/*.json',
  'examples/*',
];
for await (const asset of glob(assets, { cwd: root })) {
  await mkdir(dirname(join(dist, asset)), { recursive: true });
  await cp(join(root, asset), join(dist, asset));
}

// Workers and pages name their own sources by URL; rewriting imports alone leaves `new URL('x.ts', …)` behind.
for await (const file of glob('**/*.js', { cwd: dist })) {
  const path = join(dist, file);
  const text = await readFile(path, 'utf8');
  const rewritten = text.replace(/(new URL\('[^']+)\.ts('\s*,\s*import\.meta\.url\))/g, '$1.js$2');
  if (rewritten !== text) await writeFile(path, rewritten);
}
await chmod(join(dist, 'cli', 'main.js'), 0o755);
