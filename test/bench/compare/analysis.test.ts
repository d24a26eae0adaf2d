import { describe, expect, it } from 'vitest';
import { type Analysis, analyse } from '../../../bench/compare/analysis.ts';
import { armsOf } from '../../../bench/compare/arm.ts';
import { compareCsv } from '../../../bench/compare/csv.ts';
import { curveOf, frontierOf } from '../../../bench/compare/curve.ts';
import { comparePage } from '../../../bench/compare/html/page.ts';
import { compareMarkdown } from '../../../bench/compare/markdown.ts';
import { Outcome, within } from '../../../bench/compare/outcome.ts';
import { seeded } from '../../../bench/embedded/random.ts';
import { ConfigError } from '../../../core/errors.ts';

const ssim = { name: 'ssim', better: 'higher', worst: 0, summary: 'likeness' } as const;
const resampling = { resamples: 2000, seed: 1 };

/** A run whose rounds cost 100 tokens each and score so, the best so far being returned; null did not render. */
function outcome(arm: string, picture: string, scores: readonly (number | null)[]): Outcome {
  let best: number | null = null;
  return Outcome.parse({
    id: `${arm} ${picture}`,
    arm,
    picture,
    task: 'svg',
    stopReason: 'round-limit',
    milliseconds: 1000,
    simulated: true,
    rounds: scores.map((score, index) => {
      const highest: number = best === null ? -1 : (scores[best] ?? -1);
      if (score !== null && score > highest) best = index;
      return {
        step: index,
        rendered: score !== null,
        failure: score === null ? 'syntax-error' : null,
        severity: null,
        calls: 2,
        tokens: 100,
        cost: 0,
        best,
        scores: score === null ? null : { ssim: score },
      };
    }),
  });
}

const analysisOf = (outcomes: readonly Outcome[], arms: readonly string[]): Analysis =>
  analyse(outcomes, { arms, baseline: arms[0] ?? '', scorers: [ssim], resampling });
const pictures = Array.from({ length: 12 }, (_, index) => `p${index}`);

describe('a comparison', () => {
  const outcomes = pictures.flatMap((picture, index) => [
    outcome('direct', picture, [0.5]),
    outcome('refine', picture, [0.5, 0.6, 0.7 + index / 100]),
    outcome('noise', picture, [index % 2 ? 0.6 : 0.4]),
    outcome('broken', picture, [null]),
  ]);
  const analysis = analysisOf(outcomes, ['direct', 'refine', 'noise', 'broken']);
  const contrast = (arm: string, matching = 'as set') =>
    analysis.contrasts.find((each) => each.arm === arm && each.matching === matching);

  it('says what is better, what is worse, and where no difference is shown, in these words', () => {
    expect(contrast('refine')).toMatchObject({ verdict: 'better', effect: { wins: 12, losses: 0 } });
    expect(contrast('refine')?.difference).toBeCloseTo(0.255, 10);
    expect(contrast('broken')).toMatchObject({ verdict: 'worse', difference: -0.5 });
    expect(contrast('noise')).toMatchObject({ verdict: 'no difference shown', p: 1 });
    expect(compareMarkdown(analysis)).toMatch(/noise .* no difference shown/);
  });

  it('adjusts for the number of strategies: three here', () => {
    // All twelve signs alike: 2 of 4096.
    expect(contrast('refine')?.p).toBe(2 / 4096);
    expect(contrast('refine')?.adjusted).toBeCloseTo(6 / 4096, 12);
  });

  it('at equal cost cuts the dearer run at what the cheaper one spent', () => {
    expect(contrast('refine', 'equal cost')).toMatchObject({ difference: 0, verdict: 'no difference shown' });
    const [run] = outcomes.filter(({ arm }) => arm === 'refine');
    const spent = ({ tokens }: { tokens: number }) => tokens;
    if (!run) throw new Error('there is a run');
    expect(within(run, 250, spent).scores).toEqual({ ssim: 0.6 });
    expect(within(run, 0, spent).scores).toEqual({ ssim: 0.5 });
  });

  it('counts what failed as the worst, and tells how', () => {
    const [broken] = analysis.arms.filter(({ arm }) => arm === 'broken');
    expect(broken).toMatchObject({ empty: 12, failures: { 'syntax-error': 12 }, scores: [{ mean: 0 }] });
  });

  it('leaves out a picture that not every strategy has', () => {
    const some = analysisOf(outcomes.slice(0, 6), ['direct', 'refine']);
    expect(some.arms.map((arm) => arm.pictures)).toEqual([2, 2]);
    // Five signs alike have a p of 2 / 32, six one of 2 / 64.
    expect(compareMarkdown(some)).toContain(
      '2 pictures cannot show any difference between 2 strategies; 6 are',
    );
  });

  it('draws curves that rise with the rounds, and the frontier of what nothing beats', () => {
    const refine = outcomes.filter(({ arm }) => arm === 'refine');
    expect(curveOf(refine, ssim).map(({ tokens }) => tokens)).toEqual([100, 200, 300]);
    const spots = [
      { x: 3, score: 0.9 },
      { x: 1, score: 0.5 },
      { x: 2, score: 0.4 },
    ];
    expect(frontierOf(spots, 'higher').map(({ x }) => x)).toEqual([1, 3]);
    expect(frontierOf(spots, 'lower').map(({ x }) => x)).toEqual([1, 2]);
  });

  it('is a page without script that escapes every name, and a CSV that no spreadsheet runs', () => {
    const hostile = '<img src=x onerror=alert(1)>';
    const odd = pictures.flatMap((picture) => [
      outcome('a', picture, [0.5]),
      outcome(hostile, picture, [0.6]),
    ]);
    const page = comparePage({
      analysis: analysisOf(odd, ['a', hostile]),
      outcomes: odd,
      examples: [
        {
          picture: hostile,
          arm: hostile,
          difference: 1,
          reference: 'data:,',
          baseline: null,
          challenger: 'data:,',
        },
      ],
    });
    expect(page).not.toMatch(/<script|<img src=x/);
    expect(page).toContain("default-src 'none'");
    expect(page).toContain('SIMULATED');
    expect(compareCsv([outcome('=1+1', 'a,"b"', [0.5])], ['ssim'])).toContain(`"a,""b""",'=1+1,svg,0.5,yes`);
  });
});

describe('the names of strategies', () => {
  it('carry settings of their own', () => {
    expect(
      armsOf(['direct', 'best-of-n+refine:drafts=8:showRender=true:feedback=none'])[1]?.settings,
    ).toEqual({
      strategy: 'best-of-n+refine',
      drafts: 8,
      showRender: true,
      feedback: 'none',
    });
  });

  it.each([
    [['direct', 'nonsense'], /no strategy "nonsense"/],
    [['direct', 'refine:round=2'], /"round=2" .* is no setting/],
    [['direct', 'refine:rounds=many'], /"rounds=many" .* is wrong/],
    [['direct', 'direct'], /named twice/],
    [['direct'], /two strategies/],
  ])('%j: clear words', (names, message) => {
    expect(() => armsOf(names)).toThrow(ConfigError);
    expect(() => armsOf(names)).toThrow(message);
  });
});

it('over 50 seeds two that are the same are told apart at most 4 times, and their intervals hold zero', () => {
  let [told, missed] = [0, 0];
  for (let seed = 0; seed < 50; seed++) {
    const random = seeded(1000 + seed);
    const score = () => Math.round(20 * (0.5 + 0.3 * random.next() + 0.2 * random.next())) / 20;
    const outcomes = pictures.flatMap((picture) =>
      ['one', 'two'].map((arm) => outcome(arm, picture, [score(), score()])),
    );
    const [contrast] = analyse(outcomes, {
      arms: ['one', 'two'],
      baseline: 'one',
      scorers: [ssim],
      resampling: { resamples: 1000, seed },
    }).contrasts;
    const [low = 0, high = 0] = contrast?.interval ?? [];
    if (contrast?.verdict !== 'no difference shown') told++;
    if (low > 0 || high < 0) missed++;
  }
  expect(told).toBeLessThanOrEqual(4);
  expect(missed).toBeLessThanOrEqual(4);
});
