import { type Chromium, launchChromium } from './launch.ts';
import { residentBytes } from './memory.ts';
import type { BrowserOptions } from './options.ts';
import type { TablePage } from './page.ts';

/** A running Chromium and its warm pages. */
export interface Running extends Chromium {
  readonly idle: TablePage[];
  /** Call it before each job, and what it returns after. */
  begin(): () => Promise<void>;
}

export interface ChromiumKeeper {
  /** The one that takes new jobs; started when there is none. */
  running(): Promise<Running>;
  close(): Promise<void>;
}

const MEMORY_CHECK_EVERY = 50;

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
    starting.then((chrome) => chrome.gone.then(gone), gone);
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
      await Promise.all(started.map((one) => one.status === 'fulfilled' && one.value.kill()));
    },
  };
}

function withJobs(chromium: Chromium, options: BrowserOptions, retire: () => void): Running {
  const { jobsPerBrowser, maxMemory } = options;
  let [jobs, busy, retired] = [0, 0, false];
  return {
    ...chromium,
    idle: [],
    begin() {
      jobs += 1;
      busy += 1;
      return async () => {
        const grown = jobs % MEMORY_CHECK_EVERY === 0 && (await residentBytes(chromium.pid)) > maxMemory;
        busy -= 1;
        if (grown || jobs >= jobsPerBrowser) {
          retired = true;
          retire();
        }
        // The last job turns off the light; nobody waits for it.
        if (retired && busy === 0) void chromium.kill();
      };
    },
  };
}
