import { addUsage } from '../../core/usage.ts';
import { mean } from '../../metrics/score.ts';
import { markdownTable } from '../table.ts';
import { type Agreement, agreementOf } from './agreement.ts';
import type { Observation } from './observation.ts';
import { PLAIN, QUALITY, SCALE } from './probes.ts';
import { type Reliability, reliabilityOf, type Stability, stabilityOf } from './reliability.ts';

export interface Calibration {
  readonly critic: string;
  readonly pictures: number;
  readonly critiques: number;
  readonly agreement: readonly (Agreement & { readonly by: string; readonly group: string })[];
  readonly reliability: Reliability;
  readonly stability: readonly (Stability & { readonly probe: string })[];
  readonly cost: {
    readonly calls: number;
    readonly inputTokens: number;
    readonly outputTokens: number;
    readonly dollars: number;
    /** Milliseconds of one critique. */
    readonly meanMilliseconds: number;
  };
}

/** What the observations come to. */
export function calibrationOf(critic: string, observations: readonly Observation[]): Calibration {
  const plain = observations.filter(({ probe }) => probe === PLAIN);
  const single = plain.filter(({ labels }) => labels.length === 1);
  const groups = (by: string, key: (label: Observation['labels'][number], task: string) => string) =>
    [...Map.groupBy(single, ({ labels: [label], task }) => (label ? key(label, task) : ''))]
      .sort(([a], [b]) => a.localeCompare(b, 'en'))
      .map(([group, list]) => ({ by, group, ...agreementOf(list) }));
  const probes = Map.groupBy(observations, ({ probe }) => probe.replace(/-\d+$/, ''));
  const usage = addUsage(...observations.map(({ result }) => result.usage));
  return {
    critic,
    pictures: new Set(observations.map(({ picture }) => picture)).size,
    critiques: observations.length,
    agreement: [
      ...groups('category', ({ category }, task) => `${task}: ${category}`),
      ...groups('severity', ({ severity }) => String(severity)),
      { by: 'all', group: 'all', ...agreementOf(single) },
    ],
    reliability: reliabilityOf(observations, plain),
    stability: [...probes].flatMap(([probe, list]) => {
      const stability = probe === PLAIN ? null : stabilityOf(plain, list);
      return stability ? [{ probe, ...stability }] : [];
    }),
    cost: {
      calls: usage.calls,
      inputTokens: usage.inputTokens,
      outputTokens: usage.outputTokens,
      dollars: usage.cost,
      meanMilliseconds: mean(observations.map(({ milliseconds }) => milliseconds)),
    },
  };
}

const probeTitles: Readonly<Record<string, string>> = {
  swapped: 'the two pictures swapped',
  scaled: `both scaled to ${100 * SCALE} %`,
  jpeg: `both as JPEG of quality ${QUALITY}`,
  again: 'the same again',
};

/** The report in Markdown. */
export function calibrationReport(calibration: Calibration): string {
  const { critic, pictures, critiques, agreement, reliability, stability, cost } = calibration;
  const { usable, falseAlarms, order, correlation } = reliability;
  const seconds = (cost.meanMilliseconds / 1000).toFixed(2);
  const damages = agreement.at(-1)?.cases ?? 0;
  return [
    `# Critic calibration: ${critic}`,
    '',
    `Pictures: ${pictures}; labelled damages: ${damages}; critiques: ${critiques}. The labels are this project's own and\nfew: the figures show what a critic sees and how steady it is, not its rank in the field.`,
    '',
    '## Agreement with the labels, one damage at a time (%)',
    '',
    markdownTable(
      ['label', 'cases', 'found', 'named', 'graded', 'severity', 'placed'],
      agreement.map(({ by, group, cases, found, named, graded, severity, placed }) => [
        by === 'severity' ? `severity ${group}` : group,
        String(cases),
        percent(found),
        percent(named),
        percent(graded),
        severity === null ? '–' : severity.toFixed(2),
        percent(placed),
      ]),
    ),
    'found: anything; named: in its category; graded: with its severity, in its category;\nseverity: mean of what was given where it was named; placed: its box was met.',
    '',
    '## Reliability',
    '',
    markdownTable(
      ['measure', 'value'],
      [
        ['usable critiques (%)', percent(usable)],
        ['false alarms on undamaged pictures (%)', percent(falseAlarms)],
        ['pairs of one picture put in the right order (%)', percent(order)],
        ['correlation of severity sums', correlation === null ? '–' : correlation.toFixed(3)],
      ],
    ),
    '## Stability of the severity sum under what should not matter',
    '',
    markdownTable(
      ['change', 'cases', 'same (%)', 'mean shift', 'largest'],
      stability.map(({ probe, cases, same, meanShift, largestShift }) => [
        probeTitles[probe] ?? probe,
        String(cases),
        percent(same),
        meanShift.toFixed(2),
        String(largestShift),
      ]),
    ),
    `Cost: ${cost.calls} model calls, ${cost.inputTokens} tokens in and ${cost.outputTokens} out, $${cost.dollars.toFixed(4)}; ${seconds} s a critique.`,
    '',
  ].join('\n');
}

function percent(share: number | null): string {
  return share === null ? '–' : (100 * share).toFixed(0);
}
