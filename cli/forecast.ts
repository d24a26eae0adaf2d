import type { Figures, Forecast } from '../runtime/forecast.ts';
import { columnsOf, durationOf, tokensOf } from './figures.ts';

/** A forecast as a table. */
export function forecastTable({ pictures, most, expected, past }: Forecast): string[] {
  const columns: [string, Figures][] = [
    ['at most', most],
    ...(expected ? [[`as ${past} finished`, expected] as [string, Figures]] : []),
  ];
  const row = (name: string, text: (figures: Figures) => string) => [
    name,
    ...columns.map(([, figures]) => text(figures)),
  ];
  const or = (value: number | null, text: (value: number) => string) => (value === null ? '-' : text(value));
  return [
    `${pictures} picture${pictures === 1 ? '' : 's'} to do; nothing was called`,
    ...columnsOf([
      ['', ...columns.map(([name]) => name)],
      row('calls', ({ calls }) => String(Math.round(calls))),
      row('input tokens', ({ inputTokens }) => or(inputTokens, tokensOf)),
      row('output tokens', ({ outputTokens }) => or(outputTokens, tokensOf)),
      row('cost', ({ cost }) => (cost === null ? 'unknown' : `$${cost.toFixed(4)}`)),
      row('time', ({ milliseconds }) => or(milliseconds, durationOf)),
    ]),
  ];
}
