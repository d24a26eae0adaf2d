/**
 * Every damage operator on every example and every fixture of its language, one damage at a time and unchecked: how
 * often it finds a place, how often the code still renders, how often the damage shows. Then several damages at once,
 * checked: each must show beside the others. Ends with 1 when a checked one does not.
 *
 *   npm run soak:corrupt -- svg 1        language (all when left out), seed
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tasks } from '../core/tasks/index.ts';
import { openCorrupter, operatorsFor } from '../datasets/corrupt/corrupt.ts';
import { differenceOf } from '../datasets/corrupt/difference.ts';
import { Config } from '../runtime/config.ts';
import { openRenderers } from '../runtime/renderers.ts';

const folders = [
  'examples',
  ...['charts', 'tables', 'icons'].map((name) => `test/fixtures/render-corpus/${name}`),
];
const root = fileURLToPath(new URL('..', import.meta.url));
const [only, seed = '1'] = process.argv.slice(2);
const AT_ONCE = 4;

const renderers = openRenderers(Config.parse({ cacheBytes: 512 * 1024 * 1024 }));
const corrupter = openCorrupter({ rendererOf: (language) => renderers.of(language) });
let failed = 0;
for (const { name: task, languages } of tasks) {
  for (const { name: language, extension } of languages) {
    if (only !== undefined && only !== language) continue;
    const files = folders.flatMap((folder) =>
      readdirSync(join(root, folder))
        .filter((file) => file.endsWith(`.${extension}`) && file !== 'README.md')
        .map((file) => join(root, folder, file)),
    );
    console.log(`\n${language}: ${files.length} files`);
    console.log(`  ${'operator'.padEnd(22)} places  renders  shows`);
    for (const { name } of operatorsFor(task, language)) {
      const counts = { places: 0, renders: 0, shows: 0 };
      for (const file of files) {
        const code = readFileSync(file, 'utf8');
        const options = { task, language, seed: Number(seed), operators: [name], check: false };
        const damaged = await corrupter.corrupt(code, options);
        if (damaged.operators.length === 0) continue;
        counts.places += 1;
        const [clean, wrong] = [
          await pictureOf(language, damaged.with([])),
          await pictureOf(language, damaged.code),
        ];
        if (clean && wrong) counts.renders += 1;
        if (clean && wrong && (await differenceOf(clean, wrong))) counts.shows += 1;
      }
      const cells = [counts.places, counts.renders, counts.shows].map((count) => String(count).padStart(7));
      console.log(`  ${name.padEnd(22)}${cells.join(' ')}`);
    }
    let [damages, hidden] = [0, 0];
    for (const file of files) {
      const code = readFileSync(file, 'utf8');
      const options = { task, language, seed: Number(seed), count: AT_ONCE };
      const damaged = await corrupter.corrupt(code, options);
      const all = damaged.discrepancies.map((_, index) => index);
      damages += all.length;
      const whole = await pictureOf(language, damaged.code);
      for (const left of all) {
        const without = await pictureOf(language, damaged.with(all.filter((index) => index !== left)));
        if (whole && without && (await differenceOf(whole, without))) continue;
        hidden += 1;
        console.log(`  ${file}: ${damaged.operators[left]} does not show beside the others`);
      }
    }
    failed += hidden;
    console.log(`  ${AT_ONCE} at once, checked: ${damages} damages, of which ${hidden} do not show`);
  }
}
await corrupter.close();
await renderers.close();
process.exitCode = failed > 0 ? 1 : 0;

async function pictureOf(language: string, code: string) {
  // Icons say sizes in which little could be seen.
  const size = language === 'svg' ? { size: { width: 336, height: 336 } } : {};
  const result = await renderers.of(language).render({ code, ...size });
  return result.kind === 'rendered' ? result.picture : undefined;
}
