import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it, vi } from 'vitest';
import type { Renderer } from '../../../core/render.ts';
import { openBrowser } from '../../../tools/render/browser.ts';
import { htmlRenderer } from '../../../tools/render/html.ts';
import { markdownRenderer } from '../../../tools/render/markdown.ts';
import { matplotlibRenderer } from '../../../tools/render/matplotlib.ts';
import { svgRenderer } from '../../../tools/render/svg.ts';
import { descendants } from '../../conformance/descendants.ts';
import { failed, rendered } from '../../conformance/renderer.ts';

/** Five different pictures a language. */
const codes: Readonly<Record<string, (value: number) => string>> = {
  matplotlib: (value) =>
    `import matplotlib.pyplot as plt\nplt.figure(figsize=(1, 1)).add_axes([0, 0, 1, 1]).bar([0, 1], [1, ${value + 2}])`,
  svg: (value) =>
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="${value / 2 + 1}"/></svg>`,
  html: (value) => `<table><tr><td>${value}</td></tr></table>`,
  markdown: (value) => `| a |\n| - |\n| ${value} |\n`,
};

/** Command lines of what is killed. */
const victims: readonly [string, RegExp][] = [
  ['a Python worker', /^\S*python\S* -B \/worker /],
  ['Chromium', /^\S*\/chrom\S+ (?!.*--type=)/],
  ['the zygote', /--type=zygote/],
  ['an SVG worker', /render\/svg\/worker/],
];

describe.skipIf(process.platform !== 'linux')('200 jobs of all languages', () => {
  const browser = openBrowser({ workers: 2 });
  const renderers: readonly Renderer[] = [
    matplotlibRenderer({ workers: 2 }),
    svgRenderer({ workers: 2 }),
    htmlRenderer({ browser }),
    markdownRenderer({ browser }),
  ];
  afterAll(() => Promise.all(renderers.map((renderer) => renderer.close())));

  it('all end with their own picture or a named failure when their processes are killed', async () => {
    const jobs = Array.from({ length: 200 }, (_, index) => {
      const renderer = renderers[index % renderers.length];
      const code = codes[renderer?.language ?? '']?.(Math.floor(index / renderers.length) % 5) ?? '';
      return { renderer, code };
    });
    const alone = new Map<string, string>();
    for (const { renderer, code } of jobs) {
      if (!renderer || alone.has(code)) continue;
      alone.set(code, rendered(await renderer.render({ code })).picture.digest);
    }
    let done = 0;
    const running = jobs.map(async ({ renderer, code }) => {
      const result = await renderer?.render({ code });
      done += 1;
      return result;
    });
    for (const [share, [name, pattern]] of victims.entries()) {
      while (done < 20 + share * 40) await sleep(5);
      const pid = await vi.waitUntil(() => findProcess(pattern), { timeout: 30_000 });
      expect(process.kill(pid, 'SIGKILL'), name).toBe(true);
    }
    expect(done, 'killed in the middle').toBeLessThan(200);
    for (const [index, result] of (await Promise.all(running)).entries()) {
      if (result?.kind === 'rendered') {
        expect(result.picture.digest).toBe(alone.get(jobs[index]?.code ?? ''));
      } else {
        expect(result && failed(result).message).toMatch(/brought down|killed|memory|ended|crash/);
      }
    }
    for (const { renderer, code } of jobs.slice(0, 4)) {
      expect(renderer && rendered(await renderer.render({ code })).picture.digest).toBe(alone.get(code));
    }
  }, 180_000);
});

async function findProcess(pattern: RegExp): Promise<number | undefined> {
  for (const pid of await descendants()) {
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    if (pattern.test(command.replaceAll('\0', ' '))) return pid;
  }
  return undefined;
}
