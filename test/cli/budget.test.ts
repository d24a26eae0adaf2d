import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { addUsage } from '../../core/usage.ts';
import { iconsIn, linesIn, resultsIn } from '../support/batch.ts';
import { verisim } from '../support/cli.ts';
import { emptyFolder } from '../support/folder.ts';
import { examples, simulatorOf } from '../support/simulator.ts';

const Figures = z.object({
  calls: z.number(),
  inputTokens: z.number(),
  outputTokens: z.number(),
  cost: z.number(),
  milliseconds: z.number().nullable(),
});
const Forecast = z.object({
  pictures: z.number(),
  past: z.number(),
  most: Figures,
  expected: Figures.nullable(),
});

/** A folder with icons and a configuration of the simulated pair, with prices. */
async function workplace(url: string, count: number) {
  const cwd = await emptyFolder();
  const icons = await iconsIn(cwd, count);
  const prices = { input: 1, output: 10 };
  const model = (role: string) => ({ name: `openai:simulated-${role}`, baseUrl: url, prices });
  const config = { models: { g: model('generator'), c: model('critic') }, generator: 'g', critic: 'c' };
  await writeFile(join(cwd, 'verisim.config.json'), JSON.stringify(config));
  const refine = (...options: string[]) =>
    verisim(['refine', icons, '--task', 'svg', '--concurrency', '2', ...options], { cwd });
  return { cwd, refine };
}

async function spentIn(out: string) {
  return addUsage(...(await linesIn(out)).flatMap(({ record }) => (record ? [record.totals.usage] : [])));
}

describe('budgets', () => {
  it('a run ends before the call that would go beyond, and its record says what was left', async () => {
    const simulator = await simulatorOf('icon', { mend: 0 });
    const { stdout, exitCode } = await verisim(
      [
        ...['refine', join(examples, 'icon.png'), '--task', 'svg', '--json', '--budget-tokens', '2500'],
        ...['--generator', 'openai:simulated-generator', '--critic', 'openai:simulated-critic'],
      ],
      { env: { OPENAI_BASE_URL: simulator.url } },
    );
    const { stopReason, totals, budgets, best } = JSON.parse(String(stdout));
    const used = totals.usage.inputTokens + totals.usage.outputTokens;
    expect({ exitCode, stopReason, best }).toMatchObject({
      exitCode: 0,
      stopReason: 'budget-tokens',
      best: 0,
    });
    expect(used).toBeLessThanOrEqual(2500);
    expect(budgets).toEqual([{ scope: 'run', kind: 'tokens', limit: 2500, left: 2500 - used }]);
    expect(simulator.requests.chat).toBe(totals.usage.calls);
  });

  it('a budget of money for a model without prices is an error', async () => {
    const { exitCode, stderr } = await verisim(
      [
        ...['refine', join(examples, 'icon.png'), '--task', 'svg', '--budget-cost', '1'],
        ...['--generator', 'openai:simulated-generator'],
      ],
      { env: { OPENAI_BASE_URL: 'http://127.0.0.1:9/v1' } },
    );
    expect(stderr).toMatch(/budget of money, and openai:simulated-generator has no prices/);
    expect(exitCode).toBe(2);
  });

  it('a batch stops before its budget is broken, and with a larger one goes on where it was', async () => {
    const simulator = await simulatorOf('icon', { mend: 0.5 });
    const { cwd, refine } = await workplace(simulator.url, 4);
    await refine('--out', 'free');
    const whole = await spentIn(join(cwd, 'free'));
    const calls = simulator.requests.chat;
    const limit = whole.cost / 2;
    const first = await refine('--out', 'bound', '--batch-cost', String(limit));
    expect(first.exitCode).toBe(1);
    expect(first.stderr).toMatch(/would go beyond the batch's budget/);
    expect(first.stderr).toMatch(/\d of 4 left; start again with a larger batch budget to go on/);
    const second = await refine('--out', 'bound', '--batch-cost', String(2 * whole.cost));
    expect(second.exitCode).toBe(0);
    expect(await resultsIn(join(cwd, 'bound'))).toEqual(
      new Map(
        [...(await resultsIn(join(cwd, 'free')))].map(([run, result]) => [
          run,
          expect.objectContaining(pick(result)),
        ]),
      ),
    );
    expect(simulator.requests.chat).toBe(2 * calls);
  });
});

/** Budgets are said in the record; all else is as without. */
function pick(result: unknown): { code: unknown } {
  return { code: z.object({ code: z.unknown() }).parse(result).code };
}

describe('--dry-run', () => {
  it('calls nothing and writes nothing; with finished runs it says what to expect', async () => {
    const simulator = await simulatorOf('icon', { mend: 0.5 });
    const { cwd, refine } = await workplace(simulator.url, 4);
    const before = await refine('--out', 'out', '--dry-run', '--json');
    expect(simulator.requests.chat).toBe(0);
    expect(existsSync(join(cwd, 'out'))).toBe(false);
    const bound = Forecast.parse(JSON.parse(String(before.stdout)));
    expect(bound).toMatchObject({ pictures: 4, past: 0, expected: null });
    expect(bound.most.calls).toBe(4 * 8);

    await refine('--out', 'out', '--batch-tokens', '12000');
    const finished = await linesIn(join(cwd, 'out'));
    expect(finished.length).toBeGreaterThan(0);
    const after = Forecast.parse(
      JSON.parse(String((await refine('--out', 'out', '--dry-run', '--json')).stdout)),
    );
    const spent = await spentIn(join(cwd, 'out'));
    await refine('--out', 'out');
    const all = await spentIn(join(cwd, 'out'));
    expect(after).toMatchObject({ pictures: 4 - finished.length, past: finished.length });
    const { expected } = after;
    // The simulated model plays the same part in every run.
    expect(expected?.calls).toBeCloseTo(all.calls - spent.calls, 6);
    for (const kind of ['inputTokens', 'outputTokens', 'cost'] as const) {
      const actual = all[kind] - spent[kind];
      expect((expected?.[kind] ?? 0) / actual, kind).toBeCloseTo(1, 1);
      expect(bound.most[kind]).toBeGreaterThan(all[kind]);
    }
    expect(after.expected?.milliseconds).toBeGreaterThan(0);
  });
});
