import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { ConfigError, SandboxError } from '../../core/errors.ts';
import type { Renderer } from '../../core/render.ts';
import { findBubblewrap } from '../sandbox/bubblewrap.ts';
import { fontsVersion } from './fonts.ts';
import { workerCommand } from './matplotlib/command.ts';
import { MatplotlibOptions } from './matplotlib/options.ts';
import { encoding, resultOf } from './matplotlib/outcome.ts';
import { openPool } from './matplotlib/pool.ts';
import { findPython, type Python } from './matplotlib/python.ts';
import { warmthFor } from './matplotlib/warmth.ts';
import { startWorker } from './matplotlib/worker.ts';

export { checkSandbox } from '../sandbox/check.ts';
export { checkPython } from './matplotlib/check.ts';
export { MatplotlibOptions } from './matplotlib/options.ts';

const STUCK_MS = 10_000;

/**
 * Renders matplotlib programs in warm Python workers, each program in a forked process shut in by bubblewrap
 * and by limits of its own (docs/security.md). Nothing is started before the first render.
 *
 * The picture is the one that the author meant, with the author's dpi, bounding box and colours: the figure
 * saved last (a raster file before a vector file before a stream), else the one shown last, else the current
 * figure or the newest with something in it, else the one closed last; a blank one only when there is no other.
 * Random numbers without a seed are the same ones at every render.
 * @throws ConfigError when an option is unknown or out of range.
 */
export function matplotlibRenderer(given: Partial<MatplotlibOptions> = {}): Renderer {
  const parsed = MatplotlibOptions.safeParse(given);
  if (!parsed.success) {
    throw new ConfigError(`The matplotlib renderer's options are wrong: ${parsed.error.message}`);
  }
  const options = parsed.data;
  const patience = options.wallSeconds * 1000 + STUCK_MS;
  let found: Found | undefined;
  const pool = openPool(options.workers, async (warmth, signal) => {
    found ??= await find(options, signal);
    const command = workerCommand(found.python, options, found.bubblewrap, warmth);
    return startWorker(command, patience, signal);
  });
  return {
    name: 'matplotlib',
    version: versionOf(options),
    language: 'matplotlib',
    async render({ code, signal }) {
      signal?.throwIfAborted();
      if (code.trim() === '') {
        return { kind: 'render-failure', outcome: 'no-code', message: 'There is no code.' };
      }
      const bytes = Buffer.from(code);
      if (bytes.byteLength > options.codeBytes) {
        const message = `The code is ${bytes.byteLength} bytes long; ${options.codeBytes} are allowed.`;
        return { kind: 'render-failure', outcome: 'output-limit', message };
      }
      const report = await pool.run(bytes, warmthFor(code), signal);
      if (report) return resultOf(report, options);
      const message = 'The code brought down the process that isolates it, twice.';
      return { kind: 'render-failure', outcome: 'runtime-error', message };
    },
    close: () => pool.close(),
  };
}

interface Found {
  readonly python: Python;
  readonly bubblewrap: string | undefined;
}

/** What is found once holds for every worker; what is missing may be there the next time. */
async function find(options: MatplotlibOptions, signal: AbortSignal): Promise<Found> {
  const parts = [findPython(options.python, signal), sandboxFor(options, signal)] as const;
  const [python, bubblewrap] = await Promise.all(parts);
  return { python, bubblewrap };
}

/** The path of bubblewrap; undefined where there is none and the user allows to do without. */
async function sandboxFor(
  { bubblewrap, allowUnsandboxed }: MatplotlibOptions,
  signal: AbortSignal,
): Promise<string | undefined> {
  try {
    return await findBubblewrap({ signal, ...(bubblewrap !== undefined && { path: bubblewrap }) });
  } catch (error) {
    if (error instanceof SandboxError && allowUnsandboxed) return undefined;
    throw error;
  }
}

/** Differs when the worker's code, how it is started, a limit, a pinned font or the encoding differs. */
function versionOf({ python, bubblewrap: _, workers: __, ...limits }: MatplotlibOptions): string {
  const hash = createHash('sha256').update(
    JSON.stringify([python ?? null, limits, fontsVersion(), encoding]),
  );
  const folder = join(import.meta.dirname, 'matplotlib', 'worker');
  for (const name of readdirSync(folder)
    .filter((file) => file.endsWith('.py'))
    .sort()) {
    hash.update(readFileSync(join(folder, name)));
  }
  // .ts from the sources, .js in the package.
  hash.update(
    readFileSync(join(import.meta.dirname, 'matplotlib', `command${extname(import.meta.filename)}`)),
  );
  return hash.digest('hex').slice(0, 16);
}
