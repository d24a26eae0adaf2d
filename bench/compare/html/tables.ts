import type { Analysis, ArmFigures, Contrast, Matching } from '../analysis.ts';
import { counts, figure, titleOf, withInterval } from '../markdown.ts';
import { escaped } from './markup.ts';

/** What every strategy came to, with what it took. */
export function armTable({ arms, scorers }: Analysis): string {
  const heads = ['strategy', ...scorers.map(({ name, better }) => `${name} (${better})`)];
  return table(
    [...heads, 'rounds', 'calls', 'tokens', 'cost $', 's', 'nothing rendered'],
    arms.map((arm) => [
      arm.arm,
      ...arm.scores.map(({ mean, interval }) => withInterval(mean, interval)),
      ...took(arm),
    ]),
  );
}

export function contrastTables({ scorers, contrasts, costIn }: Analysis): string {
  const matchings: readonly Matching[] = ['as set', 'equal cost'];
  return scorers
    .flatMap(({ name }) =>
      matchings.map((matching) => {
        const own = contrasts.filter((each) => each.scorer === name && each.matching === matching);
        return `<h3>${escaped(name)}, ${escaped(titleOf(matching, costIn))}</h3>${contrastTable(own)}`;
      }),
    )
    .join('');
}

export function endTable({ arms }: Analysis): string {
  return table(
    ['strategy', 'stop reasons', 'code that failed'],
    arms.map(({ arm, stopReasons, failures }) => [arm, counts(stopReasons), counts(failures)]),
  );
}

function contrastTable(contrasts: readonly Contrast[]): string {
  const rows = contrasts.map(({ arm, difference, interval, adjusted, effect, verdict }) => {
    const cells = [
      figure(difference),
      interval ? interval.map(figure).join(' to ') : '–',
      adjusted < 0.001 ? '<0.001' : adjusted.toFixed(3),
      effect.dz === null ? '–' : effect.dz.toFixed(2),
    ];
    return `<tr><td>${escaped(arm)}</td><td class="word ${verdict.split(' ')[0]}">${verdict}</td>${cells.map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`;
  });
  const heads = ['difference', '95 % interval', 'p (Holm)', 'effect d'];
  return `<div class="wide"><table><tr><th>strategy</th><th class="word">verdict</th>${heads.map((head) => `<th>${head}</th>`).join('')}</tr>${rows.join('')}</table></div>`;
}

function took({ rounds, calls, tokens, cost, seconds, empty }: ArmFigures): string[] {
  return [
    rounds.toFixed(1),
    calls.toFixed(1),
    tokens.toFixed(0),
    cost.toFixed(4),
    seconds.toFixed(1),
    String(empty),
  ];
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const row = (tag: string, cells: readonly string[]) =>
    `<tr>${cells.map((cell) => `<${tag}>${escaped(cell)}</${tag}>`).join('')}</tr>`;
  return `<div class="wide"><table>${row('th', heads)}${rows.map((cells) => row('td', cells)).join('')}</table></div>`;
}
