import { endOf, type Outcome, type State, within } from './outcome.ts';
import {
  type Effect,
  effectOf,
  holm,
  meanInterval,
  meanOf,
  type Resampling,
  signFlipTest,
} from './paired.ts';
import type { Scorer } from './scorer.ts';

/** What a strategy came to over all pictures. */
export interface ArmFigures {
  readonly arm: string;
  readonly pictures: number;
  /** Of what each run returned, by scorer. */
  readonly scores: readonly {
    readonly scorer: string;
    readonly mean: number;
    readonly interval: Interval | null;
  }[];
  /** Means a picture. */
  readonly rounds: number;
  readonly calls: number;
  readonly tokens: number;
  readonly cost: number;
  readonly seconds: number;
  /** Runs of which nothing rendered. */
  readonly empty: number;
  /** Rounds that did not render, by how their code failed. */
  readonly failures: Readonly<Record<string, number>>;
  readonly stopReasons: Readonly<Record<string, number>>;
}

type Interval = readonly [low: number, high: number];

/** `as set`: each run to its own end. `equal cost`: on each picture both are cut at what the cheaper one spent. */
export type Matching = 'as set' | 'equal cost';

/** A strategy against the baseline by one scorer; above zero the strategy is better, whatever the scorer's direction. */
export interface Contrast {
  readonly arm: string;
  readonly scorer: string;
  readonly matching: Matching;
  readonly difference: number;
  readonly interval: Interval | null;
  readonly p: number;
  /** Holm's adjustment over the strategies that are compared by this scorer and matching. */
  readonly adjusted: number;
  readonly effect: Effect;
  readonly verdict: Verdict;
}

export type Verdict = 'better' | 'worse' | 'no difference shown';

export interface Analysis {
  readonly baseline: string;
  readonly scorers: readonly Pick<Scorer, 'name' | 'better' | 'summary' | 'worst'>[];
  /** What `equal cost` goes by: US dollars where every run has a price, else tokens. */
  readonly costIn: 'dollars' | 'tokens';
  readonly simulated: boolean;
  readonly resampling: Resampling;
  readonly arms: readonly ArmFigures[];
  readonly contrasts: readonly Contrast[];
}

export interface AnalysisOptions {
  readonly arms: readonly string[];
  readonly baseline: string;
  readonly scorers: readonly Pick<Scorer, 'name' | 'better' | 'summary' | 'worst'>[];
  readonly resampling: Resampling;
}

const LEVEL = 0.05;

/** Pure: what the outcomes come to. Pictures that not every strategy has are left out. */
export function analyse(all: readonly Outcome[], options: AnalysisOptions): Analysis {
  const { arms, baseline, scorers, resampling } = options;
  const outcomes = wholePairs(all, arms);
  const costIn = outcomes.every((outcome) => endOf(outcome).cost > 0) ? 'dollars' : 'tokens';
  const byArm = (arm: string) => outcomes.filter((outcome) => outcome.arm === arm);
  const challengers = arms.filter((arm) => arm !== baseline);
  const matchings: readonly Matching[] = ['as set', 'equal cost'];
  return {
    baseline,
    scorers: scorers.map(({ name, better, summary, worst }) => ({ name, better, summary, worst })),
    costIn,
    simulated: outcomes.some(({ simulated }) => simulated),
    resampling,
    arms: arms.map((arm) => figuresOf(arm, byArm(arm), scorers, resampling)),
    contrasts: scorers.flatMap((scorer) =>
      matchings.flatMap((matching) => {
        const differences = challengers.map((arm) =>
          differencesOf(byArm(arm), byArm(baseline), scorer, matching, costIn),
        );
        const ps = differences.map((list) => signFlipTest(list, resampling));
        const adjusted = holm(ps);
        return challengers.map((arm, index) => {
          const list = differences[index] ?? [];
          const tested = { p: ps[index] ?? 1, adjusted: adjusted[index] ?? 1 };
          return {
            arm,
            scorer: scorer.name,
            matching,
            ...tested,
            ...contrastOf(list, tested.adjusted, resampling),
          };
        });
      }),
    ),
  };
}

/** What a picture's scores differ by, above zero where the strategy is better. In the order of the pictures. */
export function differencesOf(
  arm: readonly Outcome[],
  baseline: readonly Outcome[],
  scorer: Pick<Scorer, 'name' | 'better' | 'worst'>,
  matching: Matching,
  costIn: Analysis['costIn'],
): number[] {
  const spent = (state: State) => (costIn === 'dollars' ? state.cost : state.tokens);
  const sign = scorer.better === 'higher' ? 1 : -1;
  const others = new Map(baseline.map((outcome) => [outcome.picture, outcome]));
  return arm.flatMap((outcome) => {
    const other = others.get(outcome.picture);
    if (!other) return [];
    const limit = matching === 'equal cost' ? Math.min(spent(endOf(outcome)), spent(endOf(other))) : Infinity;
    return [
      sign * (scoreOf(within(outcome, limit, spent), scorer) - scoreOf(within(other, limit, spent), scorer)),
    ];
  });
}

/** Where nothing rendered the worst counts: a failure never leaves a mean. */
export function scoreOf({ scores }: State, { name, worst }: Pick<Scorer, 'name' | 'worst'>): number {
  return scores?.[name] ?? worst;
}

function contrastOf(differences: readonly number[], adjusted: number, resampling: Resampling) {
  const difference = differences.length === 0 ? 0 : meanOf(differences);
  const interval = meanInterval(differences, resampling) ?? null;
  const shown = adjusted < LEVEL && interval !== null && (interval[0] > 0 || interval[1] < 0);
  const verdict: Verdict = !shown ? 'no difference shown' : difference > 0 ? 'better' : 'worse';
  return { difference, interval, effect: effectOf(differences), verdict };
}

function figuresOf(
  arm: string,
  outcomes: readonly Outcome[],
  scorers: AnalysisOptions['scorers'],
  resampling: Resampling,
): ArmFigures {
  const ends = outcomes.map(endOf);
  const rounds = outcomes.flatMap((outcome) => outcome.rounds);
  const mean = (values: readonly number[]) => (values.length === 0 ? 0 : meanOf(values));
  return {
    arm,
    pictures: outcomes.length,
    scores: scorers.map((scorer) => {
      const values = ends.map((end) => scoreOf(end, scorer));
      return { scorer: scorer.name, mean: mean(values), interval: meanInterval(values, resampling) ?? null };
    }),
    rounds: rounds.length / Math.max(1, outcomes.length),
    calls: mean(ends.map(({ calls }) => calls)),
    tokens: mean(ends.map(({ tokens }) => tokens)),
    cost: mean(ends.map(({ cost }) => cost)),
    seconds: mean(outcomes.map(({ milliseconds }) => milliseconds / 1000)),
    empty: ends.filter(({ scores }) => scores === undefined).length,
    failures: countOf(rounds.flatMap(({ failure }) => failure ?? [])),
    stopReasons: countOf(outcomes.map(({ stopReason }) => stopReason)),
  };
}

/** Most frequent first. */
function countOf(names: readonly string[]): Record<string, number> {
  const groups = [...Map.groupBy(names, (name) => name)].map(([name, list]): [string, number] => [
    name,
    list.length,
  ]);
  return Object.fromEntries(groups.sort(([, a], [, b]) => b - a));
}

function wholePairs(outcomes: readonly Outcome[], arms: readonly string[]): Outcome[] {
  const byPicture = Map.groupBy(outcomes, ({ picture }) => picture);
  return [...byPicture.values()].flatMap((list) =>
    arms.every((arm) => list.some((outcome) => outcome.arm === arm)) ? list : [],
  );
}
