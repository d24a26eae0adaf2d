import { ConfigError } from '../core/errors.ts';
import type { Renderer } from '../core/render.ts';
import { openBrowser } from '../tools/render/browser.ts';
import { htmlRenderer } from '../tools/render/html.ts';
import { markdownRenderer } from '../tools/render/markdown.ts';
import { matplotlibRenderer } from '../tools/render/matplotlib.ts';
import { svgRenderer } from '../tools/render/svg.ts';
import type { Config } from './config.ts';

export interface Renderers {
  /**
   * The renderer of a language, made when first asked for.
   * @throws ConfigError when no renderer knows the language.
   */
  of(language: string): Renderer;
  close(): Promise<void>;
}

/** One renderer a language, shared by all runs; HTML and Markdown share one browser. */
export function openRenderers({ allowUnsandboxed, python, chromium, workers }: Config): Renderers {
  const size = workers === undefined ? {} : { workers };
  const browser = once(() =>
    openBrowser({ allowUnsandboxed, ...(chromium && { executablePath: chromium }), ...size }),
  );
  const renderers: Readonly<Record<string, () => Renderer>> = {
    matplotlib: once(() => matplotlibRenderer({ allowUnsandboxed, ...(python && { python }), ...size })),
    svg: once(() => svgRenderer(size)),
    html: once(() => htmlRenderer({ browser: browser() })),
    markdown: once(() => markdownRenderer({ browser: browser() })),
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
    async close() {
      await Promise.all([...opened].map((renderer) => renderer.close()));
    },
  };
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
