import type { Check } from '../core/check.ts';
import { checkModel } from '../models/check.ts';
import { checkOcr } from '../tools/ocr/check.ts';
import { checkBrowser } from '../tools/render/browser.ts';
import { checkFonts } from '../tools/render/fonts.ts';
import { checkPython, checkSandbox } from '../tools/render/matplotlib.ts';
import type { Config } from './config.ts';
import { specOf } from './models.ts';

/** Looks for every part that Verisim stands on, and asks every configured model whether it answers. */
export async function checkAll(config: Config, signal: AbortSignal): Promise<Check[]> {
  const named = new Set([...Object.keys(config.models), config.generator, config.critic]);
  named.delete('embedded');
  const node: Check = { name: 'Node.js', ok: true, detail: process.version };
  const checks = await Promise.all([
    node,
    checkSandbox(),
    checkPython(config.python),
    checkBrowser(config.chromium),
    checkFonts(),
    checkOcr(),
    ...[...named].map((name) => checkModel(specOf(name, config), process.env, signal)),
  ]);
  return checks.flat();
}
