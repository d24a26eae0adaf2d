import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Browser } from 'playwright-core';
import { RenderError, SandboxError } from '../../../core/errors.ts';
import { findBubblewrap } from '../../sandbox/bubblewrap.ts';
import { bubblewrapArguments, systemLibraries } from '../../sandbox/isolation.ts';
import { findChromium } from './find.ts';
import { chromiumFlags } from './flags.ts';
import type { BrowserOptions } from './options.ts';

export interface Chromium {
  readonly browser: Browser;
  /** Of the outermost process, on the host. */
  readonly pid: number;
  /** Settles when Chromium has ended, however it did. */
  readonly gone: Promise<void>;
  /** Ends it at once, whatever it is doing. */
  kill(): Promise<void>;
}

type LaunchOptions = Pick<
  BrowserOptions,
  'executablePath' | 'bubblewrapPath' | 'allowUnsandboxed' | 'maxProcessMemory'
>;

/**
 * Starts Chromium inside bubblewrap: no network, nothing of the host but libraries and fonts, its profile in a
 * private /tmp. Inside, Chromium's own sandbox is used as well where the kernel lets namespaces nest. Without
 * bubblewrap, Chromium's own sandbox must do (it refuses to run as root); without either, nothing is started
 * unless that is allowed.
 * @throws RenderError when there is no Chromium or it does not start; SandboxError when it cannot be isolated.
 */
export async function launchChromium(options: LaunchOptions): Promise<Chromium> {
  const executable = findChromium(options.executablePath);
  const { bubblewrapPath: path } = options;
  const bubblewrap = await findBubblewrap({ ...(path !== undefined && { path }) }).catch((error: unknown) => {
    if (error instanceof SandboxError) return error;
    throw error;
  });
  const failures: unknown[] = [];
  for (const command of commandsFor(executable, bubblewrap, options.allowUnsandboxed)) {
    try {
      return await start(command, options.maxProcessMemory);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length === 0 && bubblewrap instanceof Error) throw bubblewrap;
  const cause = failures.at(-1);
  const why = cause instanceof Error ? reasonIn(cause.message) : String(cause);
  if (typeof bubblewrap !== 'string' && !options.allowUnsandboxed) {
    throw new SandboxError(
      `Chromium cannot isolate itself here (${why}), and neither can bubblewrap. ${bubblewrap.message}`,
      { cause },
    );
  }
  throw new RenderError(
    `${executable} does not start (${why}). Try: ${executable} --headless --dump-dom about:blank`,
    {
      cause,
    },
  );
}

/** Command lines to try, the best isolated first. `$PROFILE` stands for a folder of its own. */
function* commandsFor(executable: string, bubblewrap: string | Error, allowUnsandboxed: boolean) {
  const isRoot = process.getuid?.() === 0;
  if (typeof bubblewrap === 'string') {
    for (const inner of [[], ['--no-sandbox']]) {
      const program = [executable, ...chromiumFlags, ...inner, '--user-data-dir=/tmp/profile', 'about:blank'];
      // Chromium's own sandbox refuses user 0, so root is somebody else inside.
      const user = isRoot ? ['--unshare-user', '--uid', '1000', '--gid', '1000'] : [];
      yield [bubblewrap, ...user, ...bubblewrapArguments(isolationOf(executable), program)];
    }
    return;
  }
  const program = [executable, ...chromiumFlags, '--user-data-dir=$PROFILE', 'about:blank'];
  if (!isRoot) yield program;
  if (allowUnsandboxed) yield [...program.slice(0, -1), '--no-sandbox', 'about:blank'];
}

function isolationOf(executable: string): Parameters<typeof bubblewrapArguments>[0] {
  return {
    readOnly: [
      ...systemLibraries,
      ...['/usr/bin', '/bin', dirname(executable)],
      ...[
        '/usr/share/fonts',
        '/usr/local/share/fonts',
        '/usr/share/fontconfig',
        '/etc/fonts',
        '/var/cache/fontconfig',
      ],
    ],
    tmpfsBytes: 1024 ** 3,
    environment: { HOME: '/tmp', PATH: '/usr/bin:/bin', LANG: 'C.UTF-8' },
    devices: 'standard',
    proc: true,
    capabilities: [],
    workingDirectory: '/tmp',
  };
}

async function start(command: readonly string[], maxProcessMemory: number): Promise<Chromium> {
  // Loading Playwright takes longer than drawing a table; who draws none need not wait for it.
  const { chromium } = await import('playwright-core');
  const folder = await mkdtemp(join(tmpdir(), 'verisim-chromium-'));
  const pidFile = join(folder, 'pid');
  // The address space cannot be limited, since Chromium reserves far more of it than it uses; data can.
  const limits = `ulimit -c 0; ulimit -d ${Math.floor(maxProcessMemory / 1024)}`;
  const expanded = command.map((word) => word.replace('$PROFILE', join(folder, 'profile')));
  try {
    const browser = await chromium.launch({
      // The shell tells its process id, then becomes the program.
      executablePath: '/bin/sh',
      args: ['-c', `echo $$ > "$0" && { ${limits}; exec "$@"; }`, pidFile, ...expanded],
      ignoreDefaultArgs: true,
      artifactsDir: folder,
      env: { PATH: '/usr/bin:/bin', HOME: folder, LANG: 'C.UTF-8' },
      // Ending on a signal is the command's business.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      timeout: 60_000,
    });
    const pid = Number(await readFile(pidFile, 'utf8'));
    const disconnected = new Promise<void>((resolve) => browser.once('disconnected', () => resolve()));
    const gone = disconnected.then(() => rm(folder, { recursive: true, force: true }));
    const kill = () => {
      // Once it has ended, its process id may be somebody else's.
      if (browser.isConnected()) killGroup(pid);
      return gone;
    };
    return { browser, pid, gone, kill };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It ended in this very moment.
  }
}

/** The one line of a launch log that tells why. */
function reasonIn(log: string): string {
  const lines = log.split('\n').map((line) => line.trim());
  const telling = lines.find((line) => /\[err\].*(FATAL|error|cannot|No usable)|bwrap:/i.test(line));
  return (telling ?? lines[0] ?? '').slice(0, 300);
}
