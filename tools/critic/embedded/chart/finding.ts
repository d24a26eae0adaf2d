import type { Box, Discrepancy, Severity } from '../../../../core/discrepancy.ts';
import type { Area, Chart } from '../../../chart/model.ts';

/** Values count as equal within this share of their axis, wedges within this share of the pie. */
export const SAME = 0.012;
/** Channel distance from which a colour is another. */
export const RECOLOURED = 36;

export type ChartCategory = 'structure_error' | 'data_error' | 'text_error' | 'style_error';

/** A chart with the means to read a text of it once more. */
export interface Side {
  readonly chart: Chart;
  /** Other readings of a text, at other sizes. */
  readonly again: (area: Area, rotation: 0 | 45 | 90) => Promise<string[]>;
}

/** Makes a discrepancy at a place of the reference. */
export function finding(
  chart: Chart,
  area: Area,
  category: ChartCategory,
  severity: Severity,
  location: string,
  description: string,
): Discrepancy {
  return { category, severity, location, description, box: boxOf(area, chart) };
}

/** An area as fractions of its picture. */
export function boxOf(
  { left, top, right, bottom }: Area,
  { width, height }: { width: number; height: number },
): Box {
  const share = (value: number, extent: number) =>
    Number(Math.min(1, Math.max(0, value / extent)).toFixed(4));
  const [x, y] = [share(left, width), share(top, height)];
  return [x, y, Number((share(right, width) - x).toFixed(4)), Number((share(bottom, height) - y).toFixed(4))];
}

/** The plotting area; of a pie, its square. */
export function plotArea({ frame, plot, width, height }: Chart): Area {
  if (frame) return frame;
  if (plot.kind !== 'pie') return { left: 0, top: 0, right: width, bottom: height };
  const { centre, radius } = plot;
  return {
    left: centre.x - radius,
    top: centre.y - radius,
    right: centre.x + radius,
    bottom: centre.y + radius,
  };
}

/** A number as a person would say it, to a thousandth of the axis. */
export function say(value: number, extent: number): string {
  const decimals = Math.max(0, Math.min(8, 3 - Math.floor(Math.log10(Math.max(1e-12, extent)))));
  return String(Number(value.toFixed(decimals)));
}
