import type { Check } from '../../../core/check.ts';
import { RenderError, SandboxError } from '../../../core/errors.ts';
import { findChromium } from './find.ts';
import { launchChromium } from './launch.ts';
import { BrowserOptions } from './options.ts';

/** Whether tables can be drawn: Chromium is there, and starts isolated. */
export async function checkBrowser(executablePath?: string): Promise<Check> {
  const name = 'Chromium for tables';
  try {
    const path = findChromium(executablePath);
    const chromium = await launchChromium(BrowserOptions.parse({ executablePath: path }));
    const detail = `${path} ${chromium.browser.version()}`;
    await chromium.kill();
    return { name, ok: true, detail };
  } catch (error) {
    if (!(error instanceof RenderError || error instanceof SandboxError)) throw error;
    return { name, ok: false, detail: error.message, remedy: remedyFor(error) };
  }
}

function remedyFor({ message }: Error): string {
  return /(apt-get install [\w-]+|sudo [^.]*|--security-opt .*)$/.exec(message)?.[0] ?? message;
}
