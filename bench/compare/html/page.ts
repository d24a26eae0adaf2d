import type { Analysis } from '../analysis.ts';
import { curveOf, frontierOf } from '../curve.ts';
import { fewPictures, picturesOf, SIMULATED } from '../markdown.ts';
import type { Outcome } from '../outcome.ts';
import { type Bar, barPlot, legendOf } from './bars.ts';
import { linePlot } from './lines.ts';
import { colourOf, escaped } from './markup.ts';
import { style } from './style.ts';
import { armTable, contrastTables, endTable } from './tables.ts';

/** One picture as the baseline and another strategy returned it. Pictures are data URLs; null: nothing rendered. */
export interface Example {
  readonly picture: string;
  readonly arm: string;
  /** Above zero the strategy is better than the baseline. */
  readonly difference: number;
  readonly reference: string;
  readonly baseline: string | null;
  readonly challenger: string | null;
}

export interface PageData {
  readonly analysis: Analysis;
  readonly outcomes: readonly Outcome[];
  readonly examples: readonly Example[];
}

/** The report as one HTML file: no script, no request, every name escaped. */
export function comparePage({ analysis, outcomes, examples }: PageData): string {
  const { arms, baseline, scorers, simulated, resampling } = analysis;
  const names = arms.map(({ arm }) => arm);
  const by = scorers[0]?.name ?? '';
  const few = fewPictures(analysis);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<title>Comparison of strategies</title><style>${style}</style></head><body>
<h1>Comparison of strategies</h1>
${simulated ? `<p class="simulated">${SIMULATED}</p>` : ''}
${few ? `<p class="simulated">${few}</p>` : ''}
<p>${picturesOf(analysis)}, each by ${names.length} strategies. Plots are by <b>${escaped(by)}</b> (${scorers[0]?.better ?? ''} is better), which is independent of the critic that steers. What failed counts as the worst and is in every mean.</p>
${legendOf(names.map((name, index) => [name, colourOf(index)] as const))}
<div class="plots">${plots(analysis, outcomes).join('')}</div>
<h2>What each came to</h2>
<p class="soft">Means with 95 % bootstrap intervals; tokens, cost and seconds a picture.</p>
${armTable(analysis)}
<h2>Against ${escaped(baseline)}</h2>
<p class="soft">Paired by picture; above zero is better. Bootstrap of ${resampling.resamples} resamples, seed ${resampling.seed}; paired permutation test, Holm-adjusted over the strategies of a table. A difference is called shown where the adjusted p is below 0.05 and the interval leaves out zero.</p>
${contrastTables(analysis)}
<h2>How runs ended</h2>
${endTable(analysis)}
${exampleSection(examples, baseline)}
</body></html>
`;
}

function plots(
  { arms, scorers: [scorer], contrasts, baseline }: Analysis,
  outcomes: readonly Outcome[],
): string[] {
  if (!scorer) return [];
  const curves = arms.map(({ arm }, index) => {
    const own = outcomes.filter((outcome) => outcome.arm === arm);
    return { name: arm, index, curve: curveOf(own, scorer) };
  });
  const against = (what: 'tokens' | 'cost' | 'step', title: string, x: string) => {
    const ends = curves.flatMap(({ curve }) =>
      curve.slice(-1).map((end) => ({ x: end[what], score: end.score })),
    );
    return linePlot({
      title,
      x,
      y: scorer.name,
      lines: curves.map(({ name, index, curve }) => ({
        name,
        index,
        points: curve.map((point) => ({ x: point[what], y: point.score })),
      })),
      ...(what !== 'step' && {
        frontier: frontierOf(ends, scorer.better).map((spot) => ({ x: spot.x, y: spot.score })),
      }),
    });
  };
  const wins: Bar[] = contrasts
    .filter((each) => each.scorer === scorer.name && each.matching === 'as set')
    .map(({ arm, effect }) => ({
      name: arm,
      parts: [
        { label: 'better', value: effect.wins, colour: 'var(--good)' },
        { label: 'equal', value: effect.ties, colour: 'var(--same)' },
        { label: 'worse', value: effect.losses, colour: 'var(--bad)' },
      ],
    }));
  const kinds = [...new Set(arms.flatMap(({ failures }) => Object.keys(failures)))];
  const failures: Bar[] = arms.map(({ arm, failures: own }) => ({
    name: arm,
    parts: kinds.map((kind, index) => ({ label: kind, value: own[kind] ?? 0, colour: colourOf(index) })),
  }));
  const priced = arms.some(({ cost }) => cost > 0);
  return [
    against('tokens', 'Quality against tokens (dashed: the frontier of the ends)', 'tokens a picture'),
    ...(priced ? [against('cost', 'Quality against cost', 'US dollars a picture')] : []),
    against('step', 'Quality by round', 'revisions'),
    barPlot(`Pictures won and lost against ${baseline}`, wins),
    ...(kinds.length > 0 ? [barPlot('Rounds whose code failed, by kind', failures)] : []),
  ];
}

function exampleSection(examples: readonly Example[], baseline: string): string {
  if (examples.length === 0) return '';
  const cards = examples.map(({ picture, arm, difference, ...pictures }) => {
    const image = (url: string | null) =>
      url === null ? '<span class="none">nothing</span>' : `<img src="${escaped(url)}" alt="">`;
    const cell = (url: string | null, label: string) => `<div>${image(url)}${escaped(label)}</div>`;
    const sign = difference > 0 ? 'better' : 'worse';
    return `<figure><figcaption>${escaped(picture)}: <span class="${sign}">${difference > 0 ? '+' : ''}${difference.toPrecision(2)}</span></figcaption><div class="three">${cell(pictures.reference, 'picture')}${cell(pictures.baseline, baseline)}${cell(pictures.challenger, arm)}</div></figure>`;
  });
  return `<h2>Largest gains and losses</h2><div class="examples">${cards.join('')}</div>`;
}
