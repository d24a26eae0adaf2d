import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import sharp from 'sharp';
import type { RenderFailure, RenderResult } from '../../core/render.ts';
import { pictureOfPng } from '../image/picture.ts';
import { embedsPicture } from './browser/document.ts';
import { findChromium } from './browser/find.ts';
import { cropToInk } from './browser/ink.ts';
import { BrowserOptions } from './browser/options.ts';
import { type Exposure, pagePool } from './browser/pool.ts';
import { fontsVersion } from './fonts.ts';

export { checkBrowser } from './browser/check.ts';

/** One Chromium that draws tables for the HTML and the Markdown renderer. */
export interface TableBrowser {
  /** Changes whenever the same document may give other bytes. */
  readonly version: string;
  /**
   * Draws a document or a fragment that holds a table, cropped to the ink and 12 px of ground.
   * A document without any <table> is invalid markup: there is nothing in it to compare with a table.
   * @throws RenderError or SandboxError when Chromium cannot be had; the signal's reason when aborted.
   */
  photograph(html: string, signal?: AbortSignal): Promise<RenderResult>;
  close(): Promise<void>;
}

/**
 * Chromium starts with the first table, is kept warm, and ends with `close`. Scripts are off, every request
 * is refused, and the process has no network.
 *
 * @example
 * const browser = openBrowser();
 * const renderer = htmlRenderer({ browser });
 */
export function openBrowser(options: Partial<BrowserOptions> = {}): TableBrowser {
  const settings = BrowserOptions.parse(options);
  const pool = pagePool(settings);
  return {
    version: versionOf(settings),
    async photograph(html, signal) {
      signal?.throwIfAborted();
      if (Buffer.byteLength(html) > settings.maxBytes) {
        return failure('output-limit', `The table is larger than the ${settings.maxBytes} bytes allowed.`);
      }
      return resultOf(await pool.photograph(html, signal), html, settings);
    },
    close: () => pool.close(),
  };
}

async function resultOf(exposure: Exposure, html: string, settings: BrowserOptions): Promise<RenderResult> {
  const { timeout, maxPixels, maxSide } = settings;
  if ('ended' in exposure) {
    return exposure.ended === 'timeout'
      ? failure('timeout', `The table took more than the ${timeout / 1000} s allowed to lay out.`)
      : failure('memory', 'The table needs more memory than is allowed: it made its page crash, twice.');
  }
  const { tables, width, height, png } = exposure;
  if (tables === 0) return failure('invalid-markup', 'There is no table in the document.');
  if (!png) {
    const allowed = `${maxSide} a side and ${maxPixels} in all`;
    return failure(
      'output-limit',
      `The table is ${width} x ${height} pixels, more than the ${allowed} allowed.`,
    );
  }
  const cropped = await cropToInk(png);
  if (!cropped) return failure('blank', 'The table is blank: every pixel has the same colour.');
  const message = 'A picture is embedded by data URL instead of written as a table.';
  const hacks = embedsPicture(html) ? [{ kind: 'embedded-raster' as const, message }] : [];
  return { kind: 'rendered', picture: pictureOfPng(cropped), hacks };
}

function failure(outcome: RenderFailure['outcome'], message: string): RenderFailure {
  return { kind: 'render-failure', outcome, message };
}

/** Chromium's version is only known once it runs; its program file tells as much without starting it. */
function versionOf(settings: BrowserOptions): string {
  const { executablePath, maxBytes, maxPixels, maxSide } = settings;
  let program = 'none';
  try {
    const { size, mtimeMs } = statSync(findChromium(executablePath));
    program = createHash('sha256').update(`${size} ${mtimeMs}`).digest('hex').slice(0, 12);
  } catch {
    // The first render says what is missing.
  }
  return `1 chromium ${program} sharp ${sharp.versions.sharp} fonts ${fontsVersion()} ${JSON.stringify({ maxBytes, maxPixels, maxSide })}`;
}
