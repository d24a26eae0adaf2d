/** Ids, times, and whether a call was replayed: what differs between two runs of the same. */
const passing = new Set([
  'id',
  'startedAt',
  'endedAt',
  'ms',
  'milliseconds',
  'replayedCalls',
  'replayedCost',
]);

/** A record without what differs between two runs of the same. */
export function timeless(record: unknown): unknown {
  return JSON.parse(JSON.stringify(record, (key, value: unknown) => (passing.has(key) ? undefined : value)));
}
