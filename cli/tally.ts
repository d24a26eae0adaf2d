import type { RunRecord } from '../core/record.ts';
import { severityOf } from '../core/stop.ts';
import { addUsage, noUsage, type Usage } from '../core/usage.ts';
import { columnsOf, durationOf, tokensOf } from './figures.ts';

interface Sums {
  readonly pictures: number;
  readonly usage: Usage;
  /** Mean over the scored results; null without any. */
  readonly severity: number | null;
}

/** Adds up runs by what ended them, without keeping them. */
export interface Tally {
  add(ending: string, record: RunRecord | null): void;
  sums(): Sums;
  /** Lines of a table, one an ending, the whole last. */
  table(): string[];
}

interface Row {
  pictures: number;
  runs: number;
  rounds: number;
  milliseconds: number;
  scored: number;
  severity: number;
  usage: Usage;
}

const ALL = 'all';

export function tallyOf(): Tally {
  const empty = (): Row => ({
    pictures: 0,
    runs: 0,
    rounds: 0,
    milliseconds: 0,
    scored: 0,
    severity: 0,
    usage: noUsage,
  });
  const all = empty();
  const rows = new Map<string, Row>();
  return {
    add(ending, record) {
      const row = rows.get(ending) ?? empty();
      rows.set(ending, row);
      for (const to of [row, all]) count(to, record);
    },
    sums: () => ({ pictures: all.pictures, usage: all.usage, severity: meanSeverity(all) }),
    table() {
      const head = ['ended', 'pictures', 'severity', 'rounds', 'tokens', 'cost', 'time each'];
      const ordered = [...rows].sort(([, a], [, b]) => b.pictures - a.pictures);
      return columnsOf([head, ...[...ordered, [ALL, all] as const].map(([name, row]) => cells(name, row))]);
    },
  };
}

function count(row: Row, record: RunRecord | null): void {
  row.pictures += 1;
  if (!record) return;
  const best = record.best === null ? undefined : record.rounds[record.best];
  const severity = best && severityOf(best);
  row.runs += 1;
  row.rounds += record.rounds.length;
  row.milliseconds += record.totals.milliseconds;
  row.usage = addUsage(row.usage, record.totals.usage);
  if (severity === undefined) return;
  row.scored += 1;
  row.severity += severity;
}

function cells(name: string, row: Row): string[] {
  const { pictures, runs, rounds, milliseconds, usage } = row;
  const each = (sum: number, text: (mean: number) => string) => (runs === 0 ? '-' : text(sum / runs));
  return [
    name,
    String(pictures),
    meanSeverity(row)?.toFixed(1) ?? '-',
    each(rounds, (mean) => mean.toFixed(1)),
    tokensOf(usage.inputTokens + usage.outputTokens),
    usage.cost > 0 ? `$${usage.cost.toFixed(4)}` : '-',
    each(milliseconds, durationOf),
  ];
}

function meanSeverity({ scored, severity }: Row): number | null {
  return scored === 0 ? null : severity / scored;
}
