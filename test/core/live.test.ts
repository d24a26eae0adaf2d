import { expect, test } from 'vitest';
import type { RunEvent } from '../../core/event.ts';
import { type LiveRun, liveRunOf, reduceEvent } from '../../core/live.ts';
import { eventsOf } from '../support/events.ts';
import { sampleRun } from '../support/sample-run.ts';

const { record } = sampleRun();
const events = eventsOf(record);

function after(count: number, from: readonly RunEvent[] = events): LiveRun | null {
  return from.slice(0, count).reduce<LiveRun | null>(reduceEvent, null);
}

function indexOf(type: RunEvent['type'], nth = 0): number {
  return events.flatMap((event, index) => (event.type === type ? [index] : []))[nth] ?? -1;
}

test('all events of a run lead to what its record says', () => {
  expect(after(events.length)).toEqual(liveRunOf(record));
});

test('the reply grows with each delta, and the code stands once it is generated', () => {
  const [draft] = record.rounds;
  const half = after(indexOf('code-delta') + 1)?.rounds[0];
  expect(half).toMatchObject({ stage: 'generate', code: '' });
  expect(draft?.reply.startsWith(half?.reply ?? 'nothing')).toBe(true);
  expect(half?.reply.length).toBeGreaterThan(0);
  expect(after(indexOf('code-generated') + 1)?.rounds[0]).toMatchObject({
    stage: 'render',
    code: draft?.code,
    reply: draft?.reply,
    render: null,
  });
});

test('a render is there before its critique', () => {
  const run = after(indexOf('render-finished') + 1);
  expect(run?.rounds[0]).toMatchObject({
    stage: 'critique',
    render: record.rounds[0]?.render,
    critique: null,
    reward: null,
  });
  expect(run?.best).toBeNull();
});

test('best and totals follow the rounds that ended', () => {
  expect(after(indexOf('round-finished', 0) + 1)?.best).toBe(0);
  expect(after(indexOf('round-finished', 2) + 1)?.best).toBe(0);
  const run = after(indexOf('round-finished', 3) + 1);
  expect(run?.best).toBe(3);
  expect(run?.stopReason).toBeNull();
  const calls = record.rounds
    .slice(0, 4)
    .reduce((sum, { usage }) => sum + usage.generator.calls + usage.critic.calls, 0);
  expect(run?.totals.usage.calls).toBe(calls);
});

test('a retry is told until something else happens', () => {
  const retry: RunEvent = { type: 'call-retried', role: 'critic', attempt: 1, wait: 500, reason: 'HTTP 429' };
  const waiting = reduceEvent(after(5), retry);
  expect(waiting?.retry).toMatchObject({ role: 'critic', reason: 'HTTP 429' });
  const next = events[5];
  expect(next && reduceEvent(waiting, next)?.retry).toBeNull();
});

test('rounds that run at the same time keep their order', () => {
  const both: RunEvent[] = [
    ...events.slice(0, 1),
    { type: 'round-started', round: 1, parent: null, step: 0 },
    { type: 'round-started', round: 0, parent: null, step: 0 },
  ];
  expect(after(both.length, both)?.rounds.map(({ index }) => index)).toEqual([0, 1]);
});

test('events before the start of their run are nothing to draw', () => {
  expect(after(4, events.slice(1))).toBeNull();
});

test('a stream that resumes in mid-run and repeats events leads to the same run', () => {
  const again = [...events.slice(0, 12), ...events.slice(8)];
  expect(after(again.length, again)).toEqual(liveRunOf(record));
});
