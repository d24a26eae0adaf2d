import { markdownTable } from '../table.ts';
import type { Analysis, ArmFigures, Contrast, Matching } from './analysis.ts';

/** Said wherever figures of simulated models stand. */
export const SIMULATED =
  'SIMULATED: rules played the models. The figures show how the comparison works, and are no measure of any model.';

/** The comparison as tables of Markdown. */
export function compareMarkdown(analysis: Analysis): string {
  const { arms, baseline, scorers, contrasts, simulated, resampling, costIn } = analysis;
  const few = fewPictures(analysis);
  const matchings: readonly Matching[] = ['as set', 'equal cost'];
  return [
    '# Comparison of strategies',
    '',
    ...(simulated ? [`**${SIMULATED}**`, ''] : []),
    ...(few ? [`**${few}**`, ''] : []),
    `${picturesOf(analysis)}, each by every strategy; means, with 95 % intervals. Nothing that failed is left out: it counts as the worst.`,
    '',
    markdownTable(
      ['strategy', ...scorers.map(({ name, better }) => `${name} (${better} is better)`), ...spentHeads],
      arms.map((arm) => [
        arm.arm,
        ...arm.scores.map((score) => withInterval(score.mean, score.interval)),
        ...spent(arm),
      ]),
    ),
    `## Against ${baseline}`,
    '',
    `Differences are paired by picture; above zero the strategy is better. Interval: bootstrap, ${resampling.resamples} resamples, seed ${resampling.seed}. p: paired permutation test, Holm-adjusted over the strategies of a table. A difference counts as shown where the adjusted p is below 0.05 and the interval leaves out zero.`,
    ...scorers.flatMap(({ name }) =>
      matchings.flatMap((matching) => [
        '',
        `### ${name}, ${titleOf(matching, costIn)}`,
        '',
        contrastTable(contrasts.filter((each) => each.scorer === name && each.matching === matching)),
      ]),
    ),
    '## How runs ended',
    '',
    markdownTable(
      ['strategy', 'stop reasons', 'code that failed', 'nothing rendered'],
      arms.map(({ arm, stopReasons, failures, empty }) => [
        arm,
        counts(stopReasons),
        counts(failures),
        String(empty),
      ]),
    ),
    ...scorers.map(({ name, summary }) => `- ${name}: ${summary}`),
    '',
  ].join('\n');
}

/** `1 picture`, `40 pictures`. */
export function picturesOf({ arms }: Analysis): string {
  const count = arms[0]?.pictures ?? 0;
  return `${count} picture${count === 1 ? '' : 's'}`;
}

/** Said where so few pictures cannot show any difference: all of n alike has a p of 2 in 2^n, times the strategies. */
export function fewPictures(analysis: Analysis): string | undefined {
  const { arms } = analysis;
  const needed = Math.ceil(Math.log2((2 * (arms.length - 1)) / 0.05));
  if ((arms[0]?.pictures ?? 0) >= needed) return undefined;
  return `${picturesOf(analysis)} cannot show any difference between ${arms.length} strategies; ${needed} are the fewest that could.`;
}

export function titleOf(matching: Matching, costIn: Analysis['costIn']): string {
  return matching === 'as set'
    ? 'each as it is set'
    : `at equal cost (on each picture both cut at the ${costIn === 'dollars' ? 'dollars' : 'tokens'} of the cheaper one)`;
}

const spentHeads = ['rounds', 'calls', 'tokens', 'cost $', 's'];

function spent({ rounds, calls, tokens, cost, seconds }: ArmFigures): string[] {
  return [
    rounds.toFixed(1),
    calls.toFixed(1),
    tokens.toFixed(0),
    cost > 0 ? cost.toFixed(4) : '–',
    seconds.toFixed(1),
  ];
}

function contrastTable(contrasts: readonly Contrast[]): string {
  return markdownTable(
    ['strategy', 'difference', '95 % interval', 'p (Holm)', 'd', 'wins', 'ties', 'losses', 'verdict'],
    contrasts.map(({ arm, difference, interval, adjusted, effect, verdict }) => [
      arm,
      figure(difference),
      interval ? interval.map(figure).join(' to ') : '–',
      adjusted < 0.001 ? '<0.001' : adjusted.toFixed(3),
      effect.dz === null ? '–' : effect.dz.toFixed(2),
      String(effect.wins),
      String(effect.ties),
      String(effect.losses),
      verdict,
    ]),
  );
}

/** Three significant digits, plain. */
export function figure(value: number): string {
  if (value === 0) return '0';
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  return value.toFixed(Math.min(6, digits));
}

export function withInterval(mean: number, interval: readonly [number, number] | null): string {
  return interval ? `${figure(mean)} (${interval.map(figure).join(' to ')})` : figure(mean);
}

export function counts(of: Readonly<Record<string, number>>): string {
  const list = Object.entries(of).map(([name, count]) => `${name} ${count}`);
  return list.length === 0 ? '–' : list.join(', ');
}
