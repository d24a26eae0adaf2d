import { Resvg, type ResvgRenderOptions } from '@resvg/resvg-js';
import type { Hack, RenderFailure } from '../../../core/render.ts';
import { eastAsian, pinnedFonts } from '../fonts.ts';
import { type CheckedSvg, checkSvg } from './check.ts';
import type { SvgJob, SvgReply } from './job.ts';
import { encodePng } from './png.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * Draws SVG on white, fitted into exactly the given size as a browser fits an <img> of that size: viewBox and
 * preserveAspectRatio are honoured; a drawing without a viewBox is scaled as a whole. Without a size it has
 * its own. No alpha, no metadata: equal drawings are equal bytes.
 */
export async function drawSvg({ code, size, limits }: SvgJob): Promise<SvgReply> {
  const checked = checkSvg(code, limits);
  if ('kind' in checked) return checked;
  const oversized = await oversizedRaster(checked, limits.maxPixels);
  if (oversized) return oversized;

  const drawn = drawChecked(checked, size, limits.maxPixels);
  if ('kind' in drawn) return drawn;
  if (isSingleColour(drawn.pixels))
    return failure('blank', 'The drawing is blank: every pixel has the same colour.');
  const png = encodePng(drawn.pixels, drawn.width, drawn.height);
  return { kind: 'drawn', png, hacks: hacksOf(checked) };
}

function drawChecked(checked: CheckedSvg, size: Size | undefined, maxPixels: number) {
  const options = optionsFor(checked);
  const own = (): Size => {
    // A viewBox says the size whatever the letters look like, and fonts take long to load.
    const measuring = checked.root.has('viewBox') ? optionsFor({ ...checked, hasText: false }) : options;
    const { width, height } = new Resvg(checked.write(checked.root), measuring);
    return { width: Math.max(1, Math.round(width)), height: Math.max(1, Math.round(height)) };
  };
  try {
    const { width, height } = size ?? own();
    if (width * height > maxPixels) {
      return failure(
        'output-limit',
        `The drawing is ${width} x ${height} pixels, more than the ${maxPixels} allowed.`,
      );
    }
    const root = new Map(checked.root);
    if (!root.has('viewBox') && size) {
      const drawn = own();
      root.set('viewBox', `0 0 ${drawn.width} ${drawn.height}`);
      root.set('preserveAspectRatio', 'none');
    }
    root.set('width', String(width));
    root.set('height', String(height));
    return { pixels: new Resvg(checked.write(root), options).render().pixels, width, height };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const line = reason.replace(/\s+/g, ' ').slice(0, 300);
    return failure('invalid-markup', `The SVG cannot be drawn: ${line}`);
  }
}

/**
 * Only drawings with text load fonts, and only those with CJK or emoji load those large ones. Emoji are drawn as
 * outlines: this version of resvg leaves coloured bitmaps out.
 */
function optionsFor({ hasText, text }: CheckedSvg): ResvgRenderOptions {
  const fontFiles = !hasText
    ? []
    : [
        ...pinnedFonts('latin'),
        ...(/\p{Extended_Pictographic}/u.test(text) ? pinnedFonts('symbols') : []),
        // Last: what looks for a character in them reads tens of MB for each of their faces.
        ...(eastAsian.test(text) ? pinnedFonts('cjk') : []),
      ];
  return {
    background: 'white',
    logLevel: 'off',
    font: {
      loadSystemFonts: false,
      fontFiles,
      defaultFontFamily: 'Liberation Sans',
      sansSerifFamily: 'Liberation Sans',
      serifFamily: 'Liberation Serif',
      monospaceFamily: 'Liberation Mono',
      cursiveFamily: 'Liberation Serif',
      fantasyFamily: 'Liberation Sans',
    },
  };
}

/** A PNG of a few kilobytes can unpack to gigabytes: the header is read before the drawing library decodes. */
async function oversizedRaster(
  { rasters }: CheckedSvg,
  maxPixels: number,
): Promise<RenderFailure | undefined> {
  if (rasters.length === 0) return undefined;
  const { default: sharp } = await import('sharp');
  for (const { bytes, line } of rasters) {
    const { width = 0, height = 0 } = await sharp(bytes, { limitInputPixels: false })
      .metadata()
      .catch(() => ({ width: 0, height: 0 }));
    if (width * height > maxPixels) {
      const message = `An embedded raster is ${width} x ${height} pixels, more than the ${maxPixels} allowed.`;
      return { ...failure('output-limit', message), line };
    }
  }
  return undefined;
}

function hacksOf({ rasters }: CheckedSvg): Hack[] {
  const [first] = rasters;
  if (!first) return [];
  const count = rasters.length === 1 ? 'A raster picture is' : `${rasters.length} raster pictures are`;
  return [{ kind: 'embedded-raster', message: `${count} embedded instead of drawn (line ${first.line}).` }];
}

function isSingleColour(rgba: Buffer): boolean {
  const pixels = new Uint32Array(rgba.buffer, rgba.byteOffset, rgba.byteLength / 4);
  const [first] = pixels;
  return pixels.every((pixel) => pixel === first);
}

function failure(outcome: RenderFailure['outcome'], message: string): RenderFailure {
  return { kind: 'render-failure', outcome, message };
}
