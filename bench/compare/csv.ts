import { endOf, type Outcome } from './outcome.ts';

/** One row a run, for spreadsheets and other statistics. RFC 4180. */
export function compareCsv(outcomes: readonly Outcome[], scorers: readonly string[]): string {
  const head = [
    'picture',
    'strategy',
    'task',
    ...scorers,
    'rendered',
    'rounds',
    'calls',
    'tokens',
    'cost',
    'seconds',
  ];
  const rows = outcomes.map((outcome) => {
    const { picture, arm, task, rounds, milliseconds, stopReason, simulated } = outcome;
    const { scores, calls, tokens, cost } = endOf(outcome);
    return [
      picture,
      arm,
      task,
      ...scorers.map((name) => scores?.[name] ?? ''),
      scores ? 'yes' : 'no',
      rounds.length,
      calls,
      tokens,
      cost,
      milliseconds / 1000,
      stopReason,
      simulated ? 'simulated' : 'no',
    ];
  });
  return [[...head, 'stop reason', 'simulated'], ...rows]
    .map((row) => `${row.map(cell).join(',')}\r\n`)
    .join('');
}

/** Spreadsheets run what begins like a formula, and names come from outside. */
function cell(value: string | number): string {
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
