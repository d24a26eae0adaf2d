import type { Critic } from '../../core/critic.ts';
import type { Discrepancy } from '../../core/discrepancy.ts';
import type { Picture } from '../../core/picture.ts';
import type { Task } from '../../core/task.ts';
import { markdownTable } from '../table.ts';
import { percent, quantileOf } from './report.ts';

/** One pair of pictures that the critic compared, of which it is known whether and how they differ. */
export interface Trial {
  readonly kind: string;
  /** The pictures show the same. */
  readonly clean: boolean;
  /** The damage was found; on clean pairs, something was. */
  readonly found: boolean;
  /** By a category that fits. */
  readonly right: boolean;
  readonly ms: number;
}

/** Critiques one pair; undefined where the critic says that it cannot read the reference. */
export async function compared(
  critic: Critic,
  task: Task,
  reference: Picture,
  candidate: Picture,
): Promise<{ readonly found: readonly Discrepancy[]; readonly ms: number } | undefined> {
  const started = performance.now();
  const result = await critic.critique({ task, reference, candidate });
  const ms = performance.now() - started;
  return result.kind === 'critique' ? { found: result.discrepancies, ms } : undefined;
}

/** What was found of each kind of damage, and the false alarms on clean pairs. */
export function trialReport(trials: readonly Trial[]): string {
  const [damage, clean] = [trials.filter((trial) => !trial.clean), trials.filter((trial) => trial.clean)];
  const line = (name: string, list: readonly Trial[]) => [
    name,
    String(list.length),
    percent(list.filter(({ found }) => found).length, list.length),
    percent(list.filter(({ right }) => right).length, list.length),
  ];
  const alarm = (name: string, list: readonly Trial[]) => [
    name,
    String(list.length),
    String(list.filter(({ found }) => found).length),
  ];
  return [
    markdownTable(
      ['damage', 'pairs', 'found', 'right category'],
      [...byKind(damage).map(([kind, list]) => line(kind, list)), line('all', damage)],
    ),
    markdownTable(
      ['clean pairs', 'pairs', 'with false alarms'],
      [...byKind(clean).map(([kind, list]) => alarm(kind, list)), alarm('all', clean)],
    ),
    `milliseconds a pair: median ${Math.round(
      quantileOf(
        trials.map(({ ms }) => ms),
        0.5,
      ),
    )}, p90 ${Math.round(
      quantileOf(
        trials.map(({ ms }) => ms),
        0.9,
      ),
    )}\n`,
  ].join('\n');
}

function byKind(trials: readonly Trial[]): [string, Trial[]][] {
  const kinds = new Map<string, Trial[]>();
  for (const trial of trials) kinds.set(trial.kind, [...(kinds.get(trial.kind) ?? []), trial]);
  return [...kinds];
}

/** What was found, for a person to look at. */
export function words(found: readonly Discrepancy[]): string {
  const told = found
    .slice(0, 3)
    .map(({ category, severity, description }) => `${category} ${severity}: ${description}`);
  return told.join(' | ') || 'nothing';
}
