import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BudgetReached } from '../../core/errors.ts';
import { type CallEstimate, openBudget, type Spending } from '../../runtime/budget.ts';

const spending = (tokens: number, cost = 0): Spending => ({ tokens, cost });
const estimate = (likely: number, most = likely): CallEstimate => ({
  likely: spending(likely),
  most: spending(most),
  time: 0,
});
const tokens = (limit: number, spent = 0) =>
  openBudget({ scope: 'run', limits: { tokens: limit }, spent: spending(spent) });

describe('a budget', () => {
  it('lets calls be made until the next would go beyond it, and says what was left', async () => {
    const budget = tokens(100);
    (await budget.admit(estimate(40)))(spending(45));
    (await budget.admit(estimate(50)))(spending(50));
    await expect(budget.admit(estimate(6))).rejects.toThrow(
      "The next call would go beyond the run's budget: 95 of 100 tokens used.",
    );
    expect(budget.reached?.reason).toBe('budget-tokens');
    expect(budget.left()).toEqual([{ scope: 'run', kind: 'tokens', limit: 100, left: 5 }]);
    // From then on every call is refused, also a smaller one.
    await expect(budget.admit(estimate(1))).rejects.toThrow(BudgetReached);
  });

  it('counts what was spent before', async () => {
    await expect(tokens(100, 90).admit(estimate(20))).rejects.toThrow(BudgetReached);
  });

  it('has a call wait while others in flight might need what is left', async () => {
    const budget = tokens(100);
    const first = await budget.admit(estimate(10, 90));
    const order: string[] = [];
    const second = budget.admit(estimate(10, 20)).then((settle) => {
      order.push('second');
      return settle;
    });
    await new Promise(setImmediate);
    order.push('first ends');
    first(spending(15));
    (await second)(spending(20));
    expect(order).toEqual(['first ends', 'second']);
    expect(budget.left()[0]?.left).toBe(65);
  });

  it('where replays do not count, a call that a cache answered takes nothing', async () => {
    const budget = openBudget({ scope: 'key', limits: { tokens: 100 }, replays: false });
    (await budget.admit(estimate(40)))(spending(40), true);
    (await budget.admit(estimate(40)))(spending(40), false);
    expect(budget.left()[0]?.left).toBe(60);
  });

  it('time: refuses a call that would likely end too late', async () => {
    let now = 0;
    const budget = openBudget({ scope: 'batch', limits: { time: 10 }, now: () => now });
    now = 7000;
    await budget.admit({ ...estimate(0), time: 3000 });
    await expect(budget.admit({ ...estimate(0), time: 3001 })).rejects.toThrow(/batch's budget: 7 of 10 s/);
  });

  it('a waiting call ends with its signal', async () => {
    const budget = tokens(100);
    await budget.admit(estimate(10, 90));
    const controller = new AbortController();
    const waiting = budget.admit(estimate(10, 20), controller.signal);
    controller.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
  });

  it('is never exceeded by more than one call, whatever runs at the same time', async () => {
    const call = fc.record({
      likely: fc.nat(50),
      // The bound that a call sets itself always holds; what is likely may be far off.
      most: fc.nat({ max: 100 }),
      taken: fc.double({ min: 0, max: 1, noNaN: true }),
      ticks: fc.nat(4),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(call, { maxLength: 30 }), fc.nat(600), async (calls, limit) => {
        const budget = tokens(limit);
        let largest = 0;
        await Promise.all(
          calls.map(async ({ likely, most, taken, ticks }) => {
            for (let tick = 0; tick < ticks; tick += 1) await null;
            const settle = await budget.admit(estimate(likely, most)).catch(() => undefined);
            for (let tick = 0; tick < ticks; tick += 1) await null;
            const used = Math.round(most * taken);
            if (settle) largest = Math.max(largest, used);
            settle?.(spending(used));
          }),
        );
        expect(budget.left()[0]?.left).toBeGreaterThanOrEqual(-largest);
      }),
      { numRuns: 300 },
    );
  });
});
