import { ColorMode, Hierarchical, PathSimplifyMode, vectorizeRaw } from '@neplex/vectorizer';
import imagetracer from 'imagetracerjs';
import sharp from 'sharp';
import type { Pixels, Size } from '../../../tools/image/pixels.ts';

/** Traces a picture; returns the SVG elements alone, in coordinates of the picture's pixels. */
export type Tracer = (pixels: Pixels, signal?: AbortSignal) => Promise<string[]>;

export interface VtracerSettings {
  readonly mode: 'polygon' | 'spline';
  /** Patches smaller than this many pixels a side are dropped. */
  readonly speckle: number;
  /** Colour difference between layers, in levels. */
  readonly layers: number;
  /** The picture is enlarged by this factor first, so that outlines keep their sub-pixel positions. */
  readonly zoom: number;
}

/** VTracer (visioncortex) through @neplex/vectorizer. */
export function vtracer({ mode, speckle, layers, zoom }: VtracerSettings): Tracer {
  return async (pixels, signal) => {
    const { data, size } = await enlarge(pixels, zoom);
    const svg = await vectorizeRaw(
      data,
      size,
      {
        colorMode: ColorMode.Color,
        hierarchical: Hierarchical.Stacked,
        mode: mode === 'polygon' ? PathSimplifyMode.Polygon : PathSimplifyMode.Spline,
        filterSpeckle: speckle * zoom,
        colorPrecision: 7,
        layerDifference: layers,
        cornerThreshold: 60,
        lengthThreshold: 4,
        maxIterations: 10,
        spliceThreshold: 45,
        pathPrecision: zoom > 1 ? 0 : 1,
      },
      signal,
    );
    return elementsOf(svg, zoom);
  };
}

export interface ImagetracerSettings {
  readonly colours: number;
  /** Outlines shorter than this many points are dropped. */
  readonly omit: number;
  /** Error allowed of straight lines and of curves, in pixels. */
  readonly tolerance: number;
}

/** imagetracerjs; it runs on this thread, so it is given small calm pictures only. */
export function imagetracerOf({ colours, omit, tolerance }: ImagetracerSettings): Tracer {
  return async (pixels) => {
    const { data, size } = await enlarge(pixels, 1);
    const svg = imagetracer.imagedataToSVG(
      { ...size, data },
      {
        numberofcolors: colours,
        pathomit: omit,
        ltres: tolerance,
        qtres: tolerance,
        roundcoords: 1,
        strokewidth: 1,
        linefilter: true,
      },
    );
    return elementsOf(svg, 1);
  };
}

async function enlarge(pixels: Pixels, zoom: number): Promise<{ data: Buffer; size: Size }> {
  const { width, height } = pixels;
  const { data, info } = await sharp(pixels.data, { raw: { width, height, channels: 3 } })
    .resize({ width: width * zoom, height: height * zoom, fit: 'fill', kernel: 'cubic' })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, size: { width: info.width, height: info.height } };
}

/** The tracers write one path a shape; what says nothing is left out. */
function elementsOf(svg: string, zoom: number): string[] {
  return (svg.match(/<path [^>]*>/g) ?? []).map((path) => {
    const bare = path
      .replace(/ (?:opacity="1"|transform="translate\(0,0\)")/g, '')
      .replace(/rgb\((\d+),(\d+),(\d+)\)/g, (_, ...channels) => `#${hex(channels.slice(0, 3))}`)
      .replace(/ ?([MLCQZ]) ?/g, '$1')
      .replace(/ +"/g, '"');
    return zoom === 1 ? bare : `<g transform="scale(${Number((1 / zoom).toFixed(4))})">${bare}</g>`;
  });
}

function hex(channels: readonly unknown[]): string {
  return channels.map((value) => Number(value).toString(16).padStart(2, '0')).join('');
}
