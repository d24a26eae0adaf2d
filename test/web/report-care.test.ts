import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { reportPages } from '../support/report-page.ts';
import { hostileRun, sampleRun } from '../support/sample-run.ts';

const { open, complaints } = reportPages();

test.each([
  ['sample', sampleRun],
  ['hostile', hostileRun],
])('nothing scrolls sideways on a phone: %s', async (_, run) => {
  const opened = await open(run(), { viewport: { width: 400, height: 800 }, hasTouch: true });
  const rounds = run().record.rounds.length;
  for (let index = 0; index < rounds; index += 1) {
    await opened.getByRole('tab', { name: new RegExp(`^Round ${index}`) }).click();
    await opened.getByText('Raw replies').click();
    expect(await opened.evaluate(() => document.documentElement.scrollWidth)).toBe(400);
  }
});

test('whatever a model wrote stays text', async () => {
  const run = hostileRun();
  const opened = await open(run);
  for (const index of [0, 1, 2]) {
    await opened.getByRole('tab', { name: new RegExp(`^Round ${index}`) }).click();
    await opened.getByText('Raw replies').click();
    await opened.getByRole('tab', { name: 'Changes' }).click();
    await opened.getByRole('tab', { name: 'Code', exact: true }).click();
    expect(await opened.locator('.listing').textContent()).toContain('window.pwned = "script"');
  }
  expect(await opened.evaluate(() => 'pwned' in window)).toBe(false);
  expect(await opened.locator('script').count()).toBe(2);
  expect(await opened.locator('img[src=x], svg[onload]').count()).toBe(0);
  expect(await opened.getByRole('heading', { level: 1 }).textContent()).toBe(run.record.input.name);
});

test('the policy of the page forbids script, markup from strings, and any network', async () => {
  const opened = await open(sampleRun());
  const tried = await opened.evaluate(async () => {
    const script = document.createElement('script');
    let markup = 'allowed';
    try {
      script.text = 'window.pwned = 1';
      document.body.append(script);
    } catch {
      markup = 'refused';
    }
    const network = await fetch('http://127.0.0.1:9/').then(
      () => 'allowed',
      () => 'refused',
    );
    return { markup, network, pwned: 'pwned' in window };
  });
  expect(tried).toEqual({ markup: 'refused', network: 'refused', pwned: false });
  expect(complaints().some((complaint) => complaint.includes('Content Security Policy'))).toBe(true);
});

test.each([
  ['light', 1360],
  ['dark', 1360],
  ['light', 400],
] as const)('axe finds no fault in %s at %i px', async (colorScheme, width) => {
  const opened = await open(sampleRun(), { colorScheme, viewport: { width, height: 900 } });
  await opened.evaluate(axe.source);
  const faults = new Set<string>();
  for (const tab of ['Round 4', 'Changes', 'Slider', 'Round 0', 'Difference', 'Round 1', 'Round 2', 'Code']) {
    await opened.getByRole('tab', { name: new RegExp(`^${tab}`) }).click();
    for (const fault of await axeFaults(opened)) faults.add(fault);
  }
  expect([...faults]).toEqual([]);
});

async function axeFaults(opened: Page): Promise<string[]> {
  const violations = await opened.evaluate(async () => {
    const results = await window.axe.run(document, { resultTypes: ['violations'] });
    return results.violations;
  });
  return violations.map(
    ({ id, impact, nodes }) => `${impact} ${id}: ${nodes[0]?.target.join(' ')} and ${nodes.length - 1} more`,
  );
}

declare global {
  interface Window {
    axe: typeof axe;
  }
}
