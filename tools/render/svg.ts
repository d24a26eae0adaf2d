import { createRequire } from 'node:module';
import type { Renderer, RenderFailure } from '../../core/render.ts';
import { pictureOfPng } from '../image/picture.ts';
import { fontsVersion } from './fonts.ts';
import { entryBeside } from './process/entry.ts';
import { type Answer, processPool } from './process/pool.ts';
import { SvgReply } from './svg/job.ts';
import { SvgOptions } from './svg/options.ts';

/**
 * Draws SVG with resvg in processes of its own, at the reference picture's size, on white.
 * Nothing outside the document is ever loaded. Fonts are the pinned ones of fonts.ts, found by path: the same
 * bytes come on every machine where the same font files are installed.
 *
 * @example
 * const renderer = svgRenderer();
 * const result = await renderer.render({ code, size: { width: 336, height: 336 } });
 * await renderer.close();
 */
export function svgRenderer(options: Partial<SvgOptions> = {}): Renderer {
  const { workers, timeout, maxMemory, ...limits } = SvgOptions.parse(options);
  const entry = entryBeside(import.meta.url, './svg/worker');
  const pool = processPool({ entry, workers, timeout, maxMemory });

  return {
    name: 'resvg',
    version: versionOf(limits),
    language: 'svg',
    async render({ code, size, signal }) {
      signal?.throwIfAborted();
      if (code.trim() === '') return failure('no-code', 'There is no SVG code.');
      const answer = await pool.run({ code, limits, ...(size && { size }) }, signal);
      if ('ended' in answer) return explain(answer, timeout);
      const reply = SvgReply.parse(answer.reply);
      if (reply.kind === 'render-failure') return reply;
      return { kind: 'rendered', picture: pictureOfPng(reply.png), hacks: reply.hacks };
    },
    close: () => pool.close(),
  };
}

function explain({ ended }: Extract<Answer, { ended: string }>, timeout: number): RenderFailure {
  if (ended === 'timeout')
    return failure('timeout', `The drawing took more than the ${timeout / 1000} s allowed.`);
  return failure(
    'memory',
    'The drawing needs more memory or stack than is allowed. Use fewer or smaller filters.',
  );
}

function failure(outcome: RenderFailure['outcome'], message: string): RenderFailure {
  return { kind: 'render-failure', outcome, message };
}

function versionOf(limits: object): string {
  const { version } = createRequire(import.meta.url)('@resvg/resvg-js/package.json');
  return `2 resvg-js ${version} zlib ${process.versions.zlib} fonts ${fontsVersion()} ${JSON.stringify(limits)}`;
}
