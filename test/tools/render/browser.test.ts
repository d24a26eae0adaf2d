import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { RenderError, SandboxError } from '../../../core/errors.ts';
import type { BrowserOptions } from '../../../tools/render/browser/options.ts';
import { checkBrowser, openBrowser, type TableBrowser } from '../../../tools/render/browser.ts';
import { checkFonts } from '../../../tools/render/fonts.ts';
import { descendants } from '../../conformance/descendants.ts';
import { rendered } from '../../conformance/renderer.ts';
import { reachingHtml } from '../../hostile/html/documents.ts';
import { openWitness } from '../../hostile/witness.ts';

const table = (n: number) =>
  `<table><tr><th>Row</th><th>${n}</th></tr><tr><td>${n * n}</td><td>x</td></tr></table>`;

function open(options: Partial<BrowserOptions> = {}): TableBrowser {
  const browser = openBrowser(options);
  onTestFinished(() => browser.close());
  return browser;
}

/** Processes of this test's Chromium whose command line matches. */
async function processes(pattern: RegExp): Promise<number[]> {
  const found = await Promise.all(
    (await descendants()).map(async (pid) => {
      const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
      return pattern.test(command.replaceAll('\0', ' ')) ? [pid] : [];
    }),
  );
  return found.flat();
}

function end(pids: readonly number[]): void {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It ended by itself in between.
    }
  }
}

const digestOf = async (browser: TableBrowser, n: number) =>
  rendered(await browser.photograph(table(n))).picture.digest;

describe('openBrowser keeps its promises when Chromium dies', () => {
  it.each([
    ['all of Chromium', /^\S*bwrap|chrom\S* .*--headless/],
    ['the processes of the pages', /--type=renderer/],
    ['the network process', /--type=utility/],
  ])('SIGKILL of %s in the middle of many tables: each ends right', async (_name, pattern) => {
    const browser = open({ workers: 2 });
    const numbers = Array.from({ length: 24 }, (_, n) => n % 4);
    const alone = await Promise.all(numbers.slice(0, 4).map((n) => digestOf(browser, n)));
    let left = numbers.length;
    const running = numbers.map((n) =>
      digestOf(browser, n).finally(() => {
        left -= 1;
      }),
    );
    while (left > 16) await delay(20);
    const victims = await processes(pattern);
    end(victims);
    expect(await Promise.all(running)).toEqual(numbers.map((n) => alone[n]));
    expect(victims).not.toEqual([]);
  });

  it('replaces pages and Chromium after so many tables, and gives the same bytes', async () => {
    const browser = open({ workers: 2, jobsPerPage: 2, jobsPerBrowser: 6 });
    const first = await digestOf(browser, 1);
    const before = await processes(/^\S*bwrap/);
    const digests = await Promise.all(Array.from({ length: 14 }, () => digestOf(browser, 1)));
    expect(new Set(digests)).toEqual(new Set([first]));
    const after = await vi.waitUntil(
      async () => {
        const now = await processes(/^\S*bwrap/);
        return now.length <= before.length ? now : undefined;
      },
      { timeout: 20_000 },
    );
    expect(after.some((pid) => before.includes(pid))).toBe(false);
  });

  it('replaces a Chromium that has grown beyond its memory', async () => {
    const browser = open({ workers: 1, maxMemory: 1 });
    await digestOf(browser, 1);
    const [before] = await processes(/^\S*bwrap/);
    for (let n = 0; n < 20; n += 1) await digestOf(browser, n % 3);
    await vi.waitUntil(async () => !(await processes(/^\S*bwrap/)).includes(before ?? 0), {
      timeout: 20_000,
    });
  });

  it('ends with the process that opened it, even when that is killed', async () => {
    const code = `
      import { openBrowser } from ${JSON.stringify(import.meta.resolve('../../../tools/render/browser.ts'))};
      import { svgRenderer } from ${JSON.stringify(import.meta.resolve('../../../tools/render/svg.ts'))};
      await openBrowser().photograph('<table><tr><td>x</table>');
      const slow = '<svg xmlns="http://www.w3.org/2000/svg"><filter id="f"><feTurbulence baseFrequency=".9" numOctaves="9999999"/></filter><rect width="9" height="9" filter="url(#f)"/></svg>';
      svgRenderer().render({ code: slow, size: { width: 99, height: 99 } });
      setTimeout(() => console.log('drawn'), 500);
      setInterval(() => undefined, 1000);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    await new Promise((resolve) => child.stdout.once('data', resolve));
    const below = await descendants(child.pid);
    expect(below.length).toBeGreaterThan(3);
    child.kill('SIGKILL');
    const alive = (pid: number) =>
      readFile(`/proc/${pid}/cmdline`, 'utf8').then(
        (line) => line !== '',
        () => false,
      );
    await vi.waitUntil(async () => !(await Promise.all(below.map(alive))).includes(true), {
      timeout: 20_000,
    });
  });
});

describe('openBrowser isolates Chromium, or says why not', () => {
  it('names the command that installs Chromium', async () => {
    const missing = open({ executablePath: '/nonexistent/chromium' });
    await expect(missing.photograph(table(1))).rejects.toThrow(RenderError);
    await expect(missing.photograph(table(1))).rejects.toThrow('apt-get install chromium');
  });

  it('says that a program which is no Chromium does not start', async () => {
    await expect(open({ executablePath: '/bin/false' }).photograph(table(1))).rejects.toThrow(
      /does not start/,
    );
  });

  // Chromium's own sandbox does without bubblewrap, but not for root.
  it.runIf(process.getuid?.() === 0)('refuses to run unsandboxed unless allowed', async () => {
    const bubblewrapPath = '/nonexistent/bwrap';
    await expect(open({ bubblewrapPath }).photograph(table(1))).rejects.toThrow(SandboxError);
    await expect(open({ bubblewrapPath }).photograph(table(1))).rejects.toThrow('apt-get install bubblewrap');
    const allowed = open({ bubblewrapPath, allowUnsandboxed: true });
    expect(await digestOf(allowed, 1)).toBe(await digestOf(open(), 1));
  });

  it('makes no request even where Chromium has a network', async () => {
    const witness = await openWitness();
    onTestFinished(() => witness.close());
    const browser = open({ bubblewrapPath: '/nonexistent/bwrap', allowUnsandboxed: true });
    for (const { code } of reachingHtml({ ...witness, bomb: new Uint8Array() })) {
      await browser.photograph(code);
    }
    expect(witness.hits).toEqual([]);
  });
});

describe('doctor', () => {
  it('finds Chromium, or says how to install it', async () => {
    expect(await checkBrowser()).toMatchObject({ ok: true, detail: expect.stringMatching(/\d+\.\d+/) });
    expect(await checkBrowser('/nonexistent/chromium')).toMatchObject({
      ok: false,
      remedy: 'apt-get install chromium',
    });
  });

  it('finds fonts, and offers those that only some pictures need', async () => {
    const checks = await checkFonts();
    expect(checks.filter(({ optional }) => !optional).map(({ ok }) => ok)).toEqual([true, true]);
    for (const { ok, remedy } of checks)
      expect(ok || remedy?.startsWith('apt-get install fonts-')).toBe(true);
  });
});
