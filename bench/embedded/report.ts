import { markdownTable } from '../table.ts';
import type { Row } from './row.ts';

/** How a score is told: its name and the share of rows that lie below (0.5 is the median); the mean where left out. */
export interface Figure {
  readonly score: string;
  readonly quantile?: number;
  readonly digits: number;
}

/** A set's rows by group and as a whole, then what the rounds did. */
export function readingReport(
  rows: readonly Row[],
  figures: readonly Figure[],
  counts: readonly string[],
): string {
  const groups = [...new Set(rows.map(({ group }) => group))];
  const heading = [
    'set',
    'n',
    'read',
    ...figures.map(
      ({ score, quantile }) => `${score} ${quantile === undefined ? 'mean' : quantileName(quantile)}`,
    ),
    ...counts,
    'fully right',
    'wrong, not abstained',
    'ms first',
    'ms all',
  ];
  const line = (name: string, list: readonly Row[]) => {
    const read = list.filter((row) => row.read);
    return [
      name,
      String(list.length),
      percent(read.length, list.length),
      ...figures.map((figure) => figureOf(read, figure)),
      ...counts.map((name) => {
        const parts = read.flatMap((row) => (row.counts[name] ? [row.counts[name]] : []));
        return percent(
          parts.reduce((sum, [right]) => sum + right, 0),
          parts.reduce((sum, [, all]) => sum + all, 0),
        );
      }),
      percent(list.filter((row) => row.right).length, list.length),
      `${wrong(list)} (${percent(wrong(list), list.length)})`,
      String(
        Math.round(
          quantileOf(
            list.map(({ first }) => first),
            0.5,
          ),
        ),
      ),
      String(
        Math.round(
          quantileOf(
            list.map(({ all }) => all),
            0.5,
          ),
        ),
      ),
    ];
  };
  const table = markdownTable(heading, [
    ...groups.map((group) =>
      line(
        group,
        rows.filter((row) => row.group === group),
      ),
    ),
    line('all', rows),
  ]);
  return `${table}\n${roundsReport(rows)}`;
}

/** Pictures that were read with confidence, and wrongly. */
export function wrong(rows: readonly Row[]): number {
  return rows.filter(({ read, right }) => read && !right).length;
}

/** Mean severity and residual after each round; a run that ended keeps what it reached. */
function roundsReport(rows: readonly Row[]): string {
  const run = rows.filter(({ rounds }) => rounds.length > 0);
  if (run.length === 0) return '';
  const most = Math.max(...run.map(({ rounds }) => rounds.length));
  const lines = Array.from({ length: most }, (_, round) => {
    const scores = run.map(({ rounds }) => bestOf(rounds.slice(0, round + 1)));
    const mean = (pick: (score: Row['rounds'][number]) => number) =>
      scores.reduce((sum, score) => sum + pick(score), 0) / scores.length;
    return [
      String(round),
      mean(({ severity }) => severity).toFixed(2),
      mean(({ residual }) => residual).toFixed(4),
      percent(scores.filter(({ severity }) => severity === 0).length, scores.length),
    ];
  });
  return markdownTable(['round', 'mean severity', 'mean residual', 'severity 0'], lines);
}

function bestOf(rounds: Row['rounds']): Row['rounds'][number] {
  return rounds.reduce(
    (best, one) =>
      one.severity < best.severity || (one.severity === best.severity && one.residual < best.residual)
        ? one
        : best,
    rounds[0] ?? { severity: 0, residual: 0 },
  );
}

function figureOf(rows: readonly Row[], { score, quantile, digits }: Figure): string {
  const values = rows.flatMap(({ scores }) => scores[score] ?? []);
  if (values.length === 0) return '–';
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return (quantile === undefined ? mean : quantileOf(values, quantile)).toFixed(digits);
}

function quantileName(share: number): string {
  return share === 0.5 ? 'median' : `p${Math.round(100 * share)}`;
}

/** The smallest value that at least this share of the values does not exceed. */
export function quantileOf(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export function percent(part: number, whole: number): string {
  return whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)}%`;
}
