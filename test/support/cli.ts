import { fileURLToPath } from 'node:url';
import { execa, type Options } from 'execa';

const main = fileURLToPath(new URL('../../cli/main.ts', import.meta.url));

/** The command line from the sources, as `npm run verisim --` starts it, with no key and no server configured. */
export function verisim(args: readonly string[], options: Options = {}) {
  return execa(process.execPath, [main, ...args], {
    reject: false,
    ...options,
    env: { OPENAI_BASE_URL: undefined, OPENAI_API_KEY: undefined, ...options.env },
  });
}
