import { short } from './markup.ts';

/** Units of a plot's view box; it is drawn as wide as there is room, and text keeps its size at 400 pixels. */
export const frame = { width: 400, height: 270, left: 52, right: 24, top: 14, bottom: 42 } as const;

export interface Scale {
  readonly ticks: readonly number[];
  /** Position in the view box. */
  at(value: number): number;
}

/** About five round ticks around the values. */
export function scaleOf(values: readonly number[], from: number, to: number): Scale {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const span = most - least || Math.abs(most) || 1;
  const rough = span / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10);
  const first = Math.floor(least / step);
  const last = Math.ceil(most / step) === first ? first + 1 : Math.ceil(most / step);
  const ticks = Array.from({ length: last - first + 1 }, (_, index) =>
    Number(((first + index) * step).toPrecision(12)),
  );
  const [low, high] = [first * step, last * step];
  return { ticks, at: (value) => from + ((value - low) / (high - low)) * (to - from) };
}

/** Grid, ticks and titles of both axes. */
export function axes(x: Scale, y: Scale, titles: { readonly x: string; readonly y: string }): string {
  const { width, height, left, right, top, bottom } = frame;
  const across = y.ticks.map((tick) => {
    const at = y.at(tick).toFixed(1);
    return `<line class="grid" x1="${left}" x2="${width - right}" y1="${at}" y2="${at}"/><text class="tick" x="${left - 6}" y="${at}" dy="4" text-anchor="end">${short(tick)}</text>`;
  });
  const down = x.ticks.map((tick) => {
    const at = x.at(tick).toFixed(1);
    return `<line class="grid" x1="${at}" x2="${at}" y1="${top}" y2="${height - bottom}"/><text class="tick" x="${at}" y="${height - bottom + 16}" text-anchor="middle">${short(tick)}</text>`;
  });
  return [
    ...across,
    ...down,
    `<text class="title" x="${(left + width - right) / 2}" y="${height - 6}" text-anchor="middle">${titles.x}</text>`,
    `<text class="title" transform="translate(13 ${(top + height - bottom) / 2}) rotate(-90)" text-anchor="middle">${titles.y}</text>`,
  ].join('');
}
