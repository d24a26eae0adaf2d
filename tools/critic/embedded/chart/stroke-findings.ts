import type { Discrepancy } from '../../../../core/discrepancy.ts';
import type { Chart, Point } from '../../../chart/model.ts';
import type { Pixels } from '../../../image/pixels.ts';
import { finding, plotArea } from './finding.ts';
import { areaOf } from './series.ts';
import { type StrokeLook, strokeLooks } from './stroke-look.ts';

/** Beyond these a look is another, whatever was read; JPEG and another size blur what lies below the second of each. */
const MARKER = { clean: 0.12, blurred: 0.38 } as const;
const WIDTH = { clean: 1.3, blurred: 1.6 } as const;
const ASIDE = { clean: 1.5, blurred: 2.5 } as const;

export type Blur = keyof typeof MARKER;

export interface Unlike {
  readonly marker: boolean;
  readonly width: boolean;
  readonly aside: boolean;
}

export function unlikeLook({ marker, width, aside }: StrokeLook, blur: Blur): Unlike {
  return {
    marker: marker > MARKER[blur],
    width: Math.abs(Math.log(Math.max(0.01, width))) > Math.log(WIDTH[blur]),
    aside: aside > ASIDE[blur],
  };
}

/**
 * Lines that look otherwise in the candidate, by the pixels along them and at their points: a mistake that both
 * readings share would else cancel itself. What a reading has found already is not said twice.
 */
export function strokeFindings(
  reference: Pixels,
  candidate: Pixels,
  a: Chart,
  b: Chart,
  known: readonly Discrepancy[],
): Discrepancy[] {
  if (a.plot.kind !== 'lines') return [];
  const [from, to] = [plotArea(a), plotArea(b)];
  const scale = {
    x: (to.right - to.left) / (from.right - from.left),
    y: (to.bottom - to.top) / (from.bottom - from.top),
  };
  const place = ({ x, y }: Point) => ({
    x: to.left + (x - from.left) * scale.x,
    y: to.top + (y - from.top) * scale.y,
  });
  // Strokes and markers do not grow with their axes.
  const resized = Math.abs(Math.log(scale.x / scale.y)) > 0.02;
  const asLarge =
    Math.abs(reference.width - candidate.width) < 2 &&
    Math.abs(scale.x - 1) < 0.01 &&
    Math.abs(scale.y - 1) < 0.01;
  if (resized) return [];
  const blur = asLarge && Math.max(a.noise, b.noise) === 0 ? 'clean' : 'blurred';
  const { series } = a.plot;
  return strokeLooks(reference, candidate, a, place).flatMap((look, i): Discrepancy[] => {
    const own = series[i];
    if (!look || !own) return [];
    const name = own.name ? `series "${own.name}"` : `series ${i + 1}`;
    const said = known.filter(({ location }) => location.startsWith(name));
    const moved = said.some(({ category }) => category !== 'style_error');
    if (moved) return [];
    const apart = unlikeLook(look, blur);
    const area = areaOf(a, i);
    if (apart.aside) {
      const words = `The line of ${name} runs up to ${look.aside.toFixed(1)} pixels beside its place.`;
      return [
        finding(a, area, 'data_error', look.aside > 0.04 * (from.bottom - from.top) ? 2 : 1, name, words),
      ];
    }
    const styled = said.length > 0;
    if (styled || (!apart.marker && !apart.width)) return [];
    const words = apart.marker
      ? `The points of ${name} look otherwise: the markers' shape, size or filling.`
      : `The line of ${name} is ${look.width > 1 ? 'thicker' : 'thinner'} than it should be, or dashed otherwise.`;
    return [finding(a, area, 'style_error', 1, name, words)];
  });
}
