import { expect, it } from 'vitest';
import { admission } from '../../../server/serve/admission.ts';

it('first come first served; one that leaves the queue makes room; the rest are told when to come again', async () => {
  let now = 0;
  const turns = admission({ width: 1, queue: 2, what: 'runs' }, () => now);
  const leave = await turns.enter();
  const controller = new AbortController();
  const order: string[] = [];
  const second = turns.enter(controller.signal);
  const third = turns.enter().then((end) => {
    order.push('third');
    return end;
  });
  expect([turns.busy, turns.waiting]).toEqual([1, 2]);
  expect(() => turns.enter()).toThrow(/2 runs are waiting already/);
  expect(() => turns.check(1)).toThrow();
  controller.abort(new Error('left'));
  await expect(second).rejects.toThrow('left');
  const fourth = turns.enter().then((end) => {
    order.push('fourth');
    return end;
  });
  now = 5000;
  leave();
  leave();
  (await third)();
  (await fourth)();
  expect(order).toEqual(['third', 'fourth']);
  expect([turns.busy, turns.waiting]).toEqual([0, 0]);
});
