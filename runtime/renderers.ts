import { ConfigError } from '../core/errors.ts';
import type { Renderer } from '../core/render.ts';
import { findChromium } from '../tools/render/browser/find.ts';
import { openBrowser } from '../tools/render/browser.ts';
import { diskStore } from '../tools/render/cache/disk.ts';
import { memoryStore } from '../tools/render/cache/memory.ts';
import { cachedRenderer } from '../tools/render/cache.ts';
import { htmlRenderer } from '../tools/render/html.ts';
import { markdownRenderer } from '../tools/render/markdown.ts';
import { pythonFingerprint } from '../tools/render/matplotlib/fingerprint.ts';
import { findPython } from '../tools/render/matplotlib/python.ts';
import { matplotlibRenderer } from '../tools/render/matplotlib.ts';
import { svgRenderer } from '../tools/render/svg.ts';
import { findBubblewrap } from '../tools/sandbox/bubblewrap.ts';
import type { Config } from './config.ts';

export interface Renderers {
  /**
   * The renderer of a language, made when first asked for.
   * @throws ConfigError when no renderer knows the language.
   */
  of(language: string): Renderer;
  /**
   * Looks for what the language's renderer stands on, before a model is paid for code that cannot be drawn.
   * @throws RenderError or SandboxError naming what is missing and the line that installs it.
   */
  ready(language: string): Promise<void>;
  close(): Promise<void>;
}

/** One renderer a language, shared by all runs; HTML and Markdown share one browser, all share one cache. */
export function openRenderers(config: Config): Renderers {
  const { allowUnsandboxed, python, chromium, workers } = config;
  const cached = cacheOf(config);
  const size = workers === undefined ? {} : { workers };
  const browser = once(() =>
    openBrowser({ allowUnsandboxed, ...(chromium && { executablePath: chromium }), ...size }),
  );
  const renderers: Readonly<Record<string, () => Renderer>> = {
    matplotlib: once(() =>
      cached(matplotlibRenderer({ allowUnsandboxed, ...(python && { python }), ...size }), () =>
        pythonFingerprint(python),
      ),
    ),
    svg: once(() => cached(svgRenderer(size))),
    html: once(() => cached(htmlRenderer({ browser: browser() }))),
    markdown: once(() => cached(markdownRenderer({ browser: browser() }))),
  };
  const opened = new Set<Renderer>();
  return {
    of(language) {
      const make = renderers[language];
      if (!make) throw new ConfigError(`No renderer knows the language "${language}".`);
      const renderer = make();
      opened.add(renderer);
      return renderer;
    },
    async ready(language) {
      if (language === 'matplotlib') {
        await findPython(python);
        if (!allowUnsandboxed) await findBubblewrap();
      } else if (language === 'html' || language === 'markdown') findChromium(chromium);
    },
    async close() {
      await Promise.all([...opened].map((renderer) => renderer.close()));
    },
  };
}

const MIB = 1024 * 1024;

/**
 * What gives the configured cache to a renderer. In memory by default: it costs nothing to look up, repeats
 * within a run or a batch of rewards are its main use, and nothing is left on the user's disk unasked.
 */
function cacheOf({ cache, cacheBytes }: Config) {
  if (cache === 'off') return (renderer: Renderer) => renderer;
  if (cache === 'memory') {
    const store = memoryStore({ maxBytes: cacheBytes ?? 64 * MIB });
    return (renderer: Renderer) => cachedRenderer(renderer, { store });
  }
  const store = diskStore({ folder: cache, maxBytes: cacheBytes ?? 2048 * MIB });
  // In a folder results outlive the process, and the packages that Python had.
  return (renderer: Renderer, surroundings?: () => Promise<string>) =>
    cachedRenderer(renderer, { store, ...(surroundings && { surroundings }) });
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
