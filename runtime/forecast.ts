import type { RunRecord } from '../core/record.ts';
import type { ModelSpec } from '../models/spec.ts';
import { type CallCount, type CallShape, type RunShape, type Shapes, totalOf } from './forecast-shape.ts';

/** What some calls take; null where nothing bounds it. */
export interface Figures {
  readonly calls: number;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  /** US dollars. */
  readonly cost: number | null;
  /** Milliseconds of the whole; null where no run tells. */
  readonly milliseconds: number | null;
}

export interface Forecast {
  /** Runs to make. */
  readonly pictures: number;
  /** Every round is used, and every reply as long as it may be. */
  readonly most: Figures;
  /** As the runs that are finished; null where there are none. */
  readonly expected: Figures | null;
  /** Finished runs that `expected` goes by. */
  readonly past: number;
}

/** How often one run calls, on the average. */
interface Plan extends CallCount {
  /** Tokens of one reply. */
  readonly generatorOutput: number;
  readonly criticOutput: number;
  /** Prompt tokens over those of the formula, beside what revisions quote. */
  readonly ratio: number;
  /** Prompt tokens for a draft with its critique where one is quoted. */
  readonly quoted: number;
}

export interface ForecastOptions {
  readonly shapes: Shapes;
  /** The most that one run calls. */
  readonly calls: CallCount;
  readonly concurrency: number;
  readonly past: readonly RunRecord[];
}

/** What the runs to make will take, from the sizes of their pictures and prompts and what earlier runs took. */
export function forecast(
  runs: readonly RunShape[],
  { shapes, calls, concurrency, past }: ForecastOptions,
): Forecast {
  const { generator, critic } = shapes;
  const outputs = {
    generatorOutput: generator?.maxTokens ?? Infinity,
    criticOutput: critic?.maxTokens ?? Infinity,
  };
  const most: Plan = {
    ...calls,
    ...outputs,
    ratio: 1,
    quoted: (generator ? outputs.generatorOutput : 0) + (critic ? outputs.criticOutput : 0),
  };
  const tasks = new Set(runs.map(({ task }) => task));
  const alike = past.filter(({ task }) => tasks.has(task));
  const spent = alike.reduce((sum, { totals }) => sum + totals.milliseconds, 0);
  return {
    pictures: runs.length,
    most: figuresOf(runs, shapes, most, null),
    past: alike.length,
    expected:
      alike.length === 0
        ? null
        : figuresOf(
            runs,
            shapes,
            planOf(alike, shapes),
            (runs.length * spent) / alike.length / Math.min(concurrency, Math.max(1, runs.length)),
          ),
  };
}

function figuresOf(
  runs: readonly RunShape[],
  { generator, critic }: Shapes,
  plan: Plan,
  milliseconds: number | null,
): Figures {
  const { drafts, revisions, critiques, quotes, ratio, quoted } = plan;
  const writes = generator ? drafts + revisions : 0;
  const judges = critic ? critiques : 0;
  const sum = (tokens: (run: RunShape) => number) => runs.reduce((total, run) => total + tokens(run), 0);
  const read = generator
    ? ratio * sum(({ draft, revision }) => drafts * draft + revisions * revision) +
      (quotes === 0 ? 0 : runs.length * quotes * quoted)
    : 0;
  const compared = critic ? ratio * sum(({ critique }) => critiques * critique) : 0;
  const written = times(runs.length * writes, plan.generatorOutput);
  const judged = times(runs.length * judges, plan.criticOutput);
  const cost = priceOf(generator, read, written) + priceOf(critic, compared, judged);
  return {
    calls: runs.length * (writes + judges),
    inputTokens: known(read + compared),
    outputTokens: known(written + judged),
    cost: known(cost),
    milliseconds,
  };
}

/** What runs of the past did on the average. */
function planOf(past: readonly RunRecord[], shapes: Shapes): Plan {
  const rounds = past.flatMap((record) => record.rounds.map((round) => ({ ...round, record })));
  const revised = rounds.filter(({ parent }) => parent !== null);
  const firsts = rounds.filter(({ parent }) => parent === null);
  const generator = totalOf(rounds.map(({ usage }) => usage.generator));
  const critic = totalOf(rounds.map(({ usage }) => usage.critic));
  // First drafts and critiques quote nothing: how they compare with the formula tells how this model counts.
  const formula = rounds.reduce((sum, { parent, usage, record }) => {
    const { draft, critique } = shapes.of(record.input, record.task);
    return sum + (parent === null ? usage.generator.calls * draft : 0) + usage.critic.calls * critique;
  }, 0);
  const counted = totalOf(firsts.map(({ usage }) => usage.generator)).inputTokens + critic.inputTokens;
  const ratio = formula > 0 && counted > 0 ? counted / formula : 1;
  const quoted = revised.reduce(
    (sum, { usage, record }) =>
      sum + usage.generator.inputTokens - ratio * shapes.of(record.input, record.task).revision,
    0,
  );
  return {
    drafts: firsts.length / past.length,
    revisions: revised.length / past.length,
    // What was measured a revision holds all that it quoted.
    quotes: revised.length / past.length,
    critiques: critic.calls / past.length,
    generatorOutput: generator.outputTokens / Math.max(1, generator.calls),
    criticOutput: critic.outputTokens / Math.max(1, critic.calls),
    ratio,
    quoted: revised.length === 0 ? 0 : Math.max(0, quoted / revised.length),
  };
}

function priceOf(shape: CallShape | null, input: number, output: number): number {
  if (!shape || (input === 0 && output === 0)) return 0;
  const prices: ModelSpec['prices'] = shape.prices;
  // Without prices nobody knows, and least of all that it is nothing.
  return prices ? (times(prices.input, input) + times(prices.output, output)) / 1e6 : Number.NaN;
}

/** No calls without a bound take nothing. */
function times(a: number, b: number): number {
  return a === 0 || b === 0 ? 0 : a * b;
}

function known(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
