import { accessSync, constants, readdirSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { RenderError } from '../../../core/errors.ts';

/** The program itself where its place is known: a distribution's wrapper script needs more than the sandbox shows. */
const places = [
  // Without a browser's window around the page, a table takes half the processor time.
  '/usr/lib/chromium/chromium-headless-shell',
  '/usr/lib/chromium/chromium',
  '/usr/lib64/chromium-browser/chromium-browser',
  '/usr/lib/chromium-browser/chromium-browser',
  '/opt/google/chrome/chrome',
  '/opt/microsoft/msedge/msedge',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];
const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const wrappers = new Map([['/usr/bin/chromium', '/usr/lib/chromium/chromium']]);

/**
 * The path of an installed Chromium or Chrome: the one given, else the usual places, PATH, and the browsers
 * that Playwright downloaded for other programs.
 * @throws RenderError that names the command that installs it.
 */
export function findChromium(executablePath?: string): string {
  if (executablePath !== undefined) {
    const program = wrappers.get(executablePath) ?? executablePath;
    const found = [program, executablePath].find(isExecutable);
    if (found !== undefined) return found;
    throw new RenderError(
      `There is no Chromium at ${executablePath}. Correct the path, or install it: apt-get install chromium`,
    );
  }
  const onPath = (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .flatMap((folder) => names.map((name) => join(folder, name)));
  const found = [...places, ...onPath, ...playwrightBrowsers()].find(isExecutable);
  if (found !== undefined) return found;
  throw new RenderError(
    'Chromium, which draws tables, is not installed. Install it: apt-get install chromium',
  );
}

function playwrightBrowsers(): string[] {
  const cache = join(homedir(), '.cache/ms-playwright');
  try {
    const versions = readdirSync(cache).filter((name) => name.startsWith('chromium-'));
    return versions
      .sort()
      .reverse()
      .map((name) => join(cache, name, 'chrome-linux/chrome'));
  } catch {
    return [];
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
