import { ConfigError } from '../../core/errors.ts';
import type { PairMetric } from './metric.ts';
import { chartMetrics } from './metrics/charts.ts';
import { codeMetrics } from './metrics/code.ts';
import { pictureMetrics } from './metrics/pictures.ts';
import { svgMetrics } from './metrics/svg.ts';
import { tableMetrics } from './metrics/tables.ts';

/** Every metric that compares two files. */
export const pairMetrics: readonly PairMetric[] = [
  ...tableMetrics,
  ...chartMetrics,
  ...pictureMetrics,
  ...svgMetrics,
  ...codeMetrics,
];

/** @throws ConfigError listing the metrics that there are. */
export function metricNamed(name: string): PairMetric {
  const metric = pairMetrics.find((known) => known.name === name);
  if (metric) return metric;
  throw new ConfigError(`There is no metric "${name}". There are:\n${metricList()}`);
}

/** The metrics by name, a line each. */
export function metricList(): string {
  const width = Math.max(...pairMetrics.map(({ name }) => name.length));
  return pairMetrics.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`).join('\n');
}
