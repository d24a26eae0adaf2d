import { ConfigError } from '../../core/errors.ts';
import type { Picture } from '../../core/picture.ts';
import { constantReward } from '../../core/reward.ts';
import { languageOf, taskNamed } from '../../core/tasks/index.ts';
import type { Sample } from '../../datasets/sample.ts';
import type { Verisim } from '../../runtime/verisim.ts';
import type { PairMetric, ScoreFile, ScoreTools } from '../score/metric.ts';
import { metricNamed } from '../score/metrics.ts';

/** A round to be scored. */
export interface Drawn {
  readonly code: string;
  readonly language: string;
  readonly picture: Picture;
}

/** Measures what a strategy returns, apart from the critic that steers it. */
export interface Scorer {
  /** `ssim`, or `critic NAME`. */
  readonly name: string;
  readonly better: 'higher' | 'lower';
  /** What counts where nothing rendered, or the scorer can make nothing of it. */
  readonly worst: number;
  /** What it measures and its range, for people. */
  readonly summary: string;
  score(drawn: Drawn, sample: Sample, signal?: AbortSignal): Promise<number>;
}

export interface ScorerParts {
  readonly verisim: Verisim;
  readonly tools: ScoreTools;
}

const CRITIC = 'critic ';

/**
 * Scorers by name: a metric of `verisim score`, or `critic NAME`, whose severities are turned into the reward of core/.
 * @throws ConfigError for a metric that there is not, or one that says nothing of what fails.
 */
export function scorerNamed(name: string, parts: ScorerParts): Scorer {
  if (name.startsWith(CRITIC)) return criticScorer(name.slice(CRITIC.length), parts);
  const metric = metricNamed(name);
  const { worst, summary } = metric;
  if (worst === undefined) {
    throw new ConfigError(
      `The metric ${name} has no worst value, so that failures could not be counted. Name another.`,
    );
  }
  return {
    name,
    summary,
    worst,
    better: worst > 0 ? 'lower' : 'higher',
    async score({ code, language, picture }, sample, signal) {
      const { extension } = languageOf(taskNamed(sample.task), language);
      const kinds = metric.candidate.includes(extension) ? extension : 'png';
      const candidate = inMemory(`${sample.id}.${kinds}`, code, () => Promise.resolve(picture));
      const reference = inMemory(
        `${sample.source}.${referenceKind(metric, sample)}`,
        sample.code,
        sample.picture,
      );
      const result = await metric.score(candidate, reference, { ...parts.tools, ...(signal && { signal }) });
      return 'kind' in result ? worst : result.value;
    },
  };
}

/** Whether this metric can score samples like this one. */
export function canScore(name: string, sample: Sample): boolean {
  if (name.startsWith(CRITIC)) return true;
  const metric = metricNamed(name);
  const languages = taskNamed(sample.task).languages.map(({ extension }) => extension);
  const takes = metric.candidate.some((kind) => kind === 'png' || languages.includes(kind));
  return takes && (metric.reference.includes('png') || referenceKind(metric, sample) !== 'png');
}

/** What is scored by when nothing is named: the task's own metric where the dataset has code, and SSIM. */
export function usualScorers(sample: Sample): string[] {
  const own = { chart: ['chartmimic-low'], table: ['teds'] }[sample.task] ?? [];
  return [...own.filter((name) => canScore(name, sample)), 'ssim'];
}

function referenceKind({ reference }: PairMetric, { task, language, code }: Sample): string {
  if (code === undefined || reference.includes('png')) return 'png';
  const { extension } = languageOf(taskNamed(task), language);
  return reference.includes(extension) ? extension : 'png';
}

function criticScorer(critic: string, { verisim }: ScorerParts): Scorer {
  return {
    name: `${CRITIC}${critic}`,
    summary: `reward by the critic ${critic}: 1 + clip(1 - severities/50, 0, 1), 0 where nothing rendered`,
    worst: 0,
    better: 'higher',
    async score({ picture }, sample, signal) {
      const result = await verisim.critique(await sample.picture(), picture, {
        task: sample.task,
        critic,
        ...(signal && { signal }),
      });
      const severitySum = result.kind === 'critique' ? result.severitySum : null;
      return constantReward({ rendered: true, severitySum });
    },
  };
}

function inMemory(path: string, code: string | undefined, picture: () => Promise<Picture>): ScoreFile {
  return {
    path,
    async text() {
      if (code !== undefined) return code;
      throw new ConfigError(`${path} has no code. Score it by a metric of pictures, such as ssim.`);
    },
    picture,
  };
}
