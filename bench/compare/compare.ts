import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeJson } from '../keep.ts';
import { type Analysis, analyse } from './analysis.ts';
import { compareCsv } from './csv.ts';
import { examplesOf } from './examples.ts';
import { comparePage } from './html/page.ts';
import { compareMarkdown } from './markdown.ts';
import type { Outcome } from './outcome.ts';
import type { Resampling } from './paired.ts';
import { type CompareRunOptions, runComparison } from './run.ts';

export interface CompareOptions extends CompareRunOptions {
  /** Name of the strategy that the others are held against. */
  readonly baseline: string;
  readonly resampling: Resampling;
}

/**
 * Runs strategies on the same pictures, or goes on with that, and writes what they come to: report.html, report.md,
 * results.csv, results.json.
 * @throws as `runComparison`.
 */
export async function compare(options: CompareOptions): Promise<Analysis> {
  const { samples, scorers, baseline, resampling, out } = options;
  const outcomes = await runComparison(options);
  const arms = options.arms.map(({ name }) => name);
  const analysis = analyse(outcomes, { arms, baseline, scorers, resampling });
  await writeReports(out, analysis, outcomes, samples);
  return analysis;
}

async function writeReports(
  out: string,
  analysis: Analysis,
  outcomes: readonly Outcome[],
  samples: CompareOptions['samples'],
): Promise<void> {
  const names = analysis.scorers.map(({ name }) => name);
  const examples = await examplesOf(analysis, outcomes, samples, out);
  await mkdir(out, { recursive: true });
  await writeJson(join(out, 'results.json'), analysis);
  await writeFile(join(out, 'results.csv'), compareCsv(outcomes, names));
  await writeFile(join(out, 'report.md'), compareMarkdown(analysis));
  await writeFile(join(out, 'report.html'), comparePage({ analysis, outcomes, examples }));
}
