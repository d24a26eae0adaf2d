import { type Ending, ending } from '../../ending.ts';
import { type Chromium, launchChromium } from './launch.ts';
import { residentBytes } from './memory.ts';
import type { BrowserOptions } from './options.ts';
import type { TablePage } from './page.ts';

/** A running Chromium and its warm pages. */
export interface Running extends Omit<Chromium, 'kill' | 'gone'> {
  readonly idle: TablePage[];
  /** Calls back when it has ended; returns what takes the listener away. */
  readonly onGone: Ending['on'];
  /** Call it before each job, and what it returns after. */
  begin(): () => Promise<void>;
  /** Gives it no new job; it ends with the last one that it has. */
  retire(): void;
  /** Ends it although jobs are running on it, for what one of them did. */
  condemn(): Promise<void>;
  readonly condemned: () => boolean;
}

export interface ChromiumKeeper {
  /** The one that takes new jobs; started when there is none. */
  running(): Promise<Running>;
  close(): Promise<void>;
}

const MEMORY_CHECK_EVERY = 20;

/** Keeps one Chromium, and replaces it when it died, grew too large or served long enough. */
export function keepChromium(options: BrowserOptions): ChromiumKeeper {
  const alive = new Set<Promise<Running>>();
  let current: Promise<Running> | undefined;

  function start(): Promise<Running> {
    const forget = () => {
      if (current === starting) current = undefined;
    };
    const starting = launchChromium(options).then((chromium) => withJobs(chromium, options, forget));
    const gone = () => {
      forget();
      alive.delete(starting);
    };
    starting.then((chrome) => chrome.onGone(gone), gone);
    alive.add(starting);
    return starting;
  }

  return {
    running() {
      current ??= start();
      return current;
    },
    async close() {
      const started = await Promise.allSettled(alive);
      await Promise.all(started.map((one) => one.status === 'fulfilled' && one.value.condemn()));
    },
  };
}

function withJobs(chromium: Chromium, options: BrowserOptions, forget: () => void): Running {
  const { jobsPerBrowser, maxMemory } = options;
  const { kill, gone, ...parts } = chromium;
  const end = ending();
  void gone.then(end.happen);
  let [jobs, busy, retired, condemned] = [0, 0, false, false];
  // The last job turns off the light; nobody waits for it.
  const endIfUnused = () => {
    if (retired && busy === 0) void kill();
  };
  const retire = () => {
    retired = true;
    forget();
    endIfUnused();
  };
  return {
    ...parts,
    onGone: end.on,
    idle: [],
    begin() {
      jobs += 1;
      busy += 1;
      return async () => {
        const grown = jobs % MEMORY_CHECK_EVERY === 0 && (await residentBytes(parts.pid)) > maxMemory;
        busy -= 1;
        if (grown || jobs >= jobsPerBrowser) retire();
        endIfUnused();
      };
    },
    retire,
    condemn() {
      condemned = true;
      forget();
      return kill();
    },
    condemned: () => condemned,
  };
}
