import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { differenceColours } from '../../web/lib/difference.ts';
import { drawChart } from '../support/chart.ts';
import { chartCode } from '../support/chart-code.ts';
import { runOf } from '../support/record.ts';
import { reportPages } from '../support/report-page.ts';
import { sampleRun } from '../support/sample-run.ts';

const { open } = reportPages();

const selected = (opened: Page) => opened.getByRole('tab', { name: /^Round/, selected: true });

test('opens on the best round, with what the run was', async () => {
  const opened = await open(sampleRun());
  expect(await opened.title()).toBe('revenue.png – Verisim report');
  expect(await selected(opened).textContent()).toContain('Round 4');
  const summary = opened.getByRole('region', { name: 'Summary' });
  expect(await summary.textContent()).toContain('4 revisions used.');
  expect(await summary.getByText('simulated', { exact: true }).count()).toBe(2);
  expect(await opened.getByRole('img', { name: 'Reference' }).count()).toBe(1);
  const loaded = await opened
    .locator('img.picture')
    .evaluateAll((images) => images.map((image) => image instanceof HTMLImageElement && image.naturalWidth));
  expect(loaded).toEqual([720, 720]);
});

test('rounds are chosen by keyboard', async () => {
  const opened = await open(sampleRun());
  await selected(opened).focus();
  await opened.keyboard.press('ArrowLeft');
  expect(await selected(opened).textContent()).toContain('Round 3');
  expect(await opened.evaluate(() => document.activeElement?.textContent)).toContain('Round 3');
  await opened.keyboard.press('Home');
  expect(await selected(opened).textContent()).toContain('Round 0');
  await opened.keyboard.press('ArrowLeft');
  expect(await selected(opened).textContent()).toContain('Round 4');
});

test('a click anywhere on a column of the plot chooses its round', async () => {
  const opened = await open(sampleRun());
  const plot = await opened.getByRole('img', { name: /^Severity by round/ }).boundingBox();
  if (!plot) throw new Error('no plot');
  await opened.mouse.click(plot.x + plot.width * 0.1, plot.y + 40);
  expect(await selected(opened).textContent()).toContain('Round 0');
});

test('rounds without a score are marked as such in the plot, never as zero', async () => {
  const opened = await open(sampleRun());
  const plot = opened.getByRole('img', { name: /^Severity by round/ });
  expect(await plot.getAttribute('aria-label')).toBe(
    'Severity by round. round 0: severity 11; round 1: did not render; round 2: unscored; round 3: severity 3; round 4: severity 1. Round 4 is the best.',
  );
  expect(await plot.locator('.value').allTextContents()).toEqual(['11', '3', '1']);
  expect(await plot.locator('.failed, .unscored').count()).toBe(2);
});

test('a render failure shows its line and detail, an unscored round its reason', async () => {
  const opened = await open(sampleRun());
  await opened.getByRole('tab', { name: /^Round 1/ }).click();
  const failure = await opened.getByRole('note').textContent();
  expect(failure).toContain('Did not render: runtime error');
  expect(failure).toContain('Line 31');
  expect(failure).toContain('Did you mean');
  const failed = opened.locator('.line[data-failed]');
  expect(await failed.textContent()).toContain('ax.set_x_label("Quarter")');
  expect(await failed.isVisible()).toBe(true);
  await opened.getByRole('tab', { name: /^Round 2/ }).click();
  expect(await opened.getByRole('note').textContent()).toContain('Two tries gave no JSON');
  expect(await opened.getByRole('region', { name: 'Discrepancies' }).count()).toBe(0);
});

test('merged critiques tell how far they agreed, and what was left out', async () => {
  const { record, pictures } = sampleRun();
  const [round, ...others] = record.rounds;
  if (round?.critique?.kind !== 'critique') throw new Error('round 0 has a critique');
  const [first] = round.critique.discrepancies;
  if (!first) throw new Error('round 0 has a discrepancy');
  const disputed = [{ ...first, description: 'A gridline too many', named: 1 }];
  const samples = { asked: 3, usable: 3, severitySums: [11, 9, 12], disputed };
  const rounds = [{ ...round, critique: { ...round.critique, samples } }, ...others];
  const opened = await open({ record: { ...record, rounds }, pictures });
  await opened.getByRole('tab', { name: /^Round 0/ }).click();
  const note = opened.getByRole('note').filter({ hasText: 'Merged from 3 of 3 critiques' });
  expect(await note.textContent()).toContain('Severity sums 11, 9, 12.');
  expect(await note.textContent()).toContain('A gridline too many');
});

test('a run without a critic says so and has no axis to be read as zero', async () => {
  const run = runOf(drawChart(), [{ code: 'plot', render: drawChart(), found: null }], { critic: null });
  const opened = await open(run);
  expect(await opened.getByRole('region', { name: 'Summary' }).textContent()).toContain('Criticnone');
  expect(await opened.locator('.plot .axis').count()).toBe(0);
  expect(await opened.getByRole('tab', { name: /^Round 0/ }).textContent()).toContain('no critic');
});

test('a discrepancy and its box highlight each other', async () => {
  const opened = await open(sampleRun());
  await opened.getByRole('tab', { name: /^Round 0/ }).click();
  const items = opened.locator('.discrepancy');
  expect(await items.count()).toBe(5);
  // Four of the five have a box, on each of the two pictures.
  expect(await opened.locator('.box').count()).toBe(8);
  const active = () =>
    opened.locator('.box[data-active=true]').evaluateAll((boxes) => boxes.map((box) => box.textContent));
  await items.nth(1).hover();
  expect(await active()).toEqual(['2', '2']);
  await opened.locator('.box[data-number="3"]').first().hover();
  expect(await items.nth(2).getAttribute('data-active')).toBe('true');
  await opened.mouse.move(5, 5);
  expect(await active()).toEqual([]);

  const button = opened.getByRole('button', { name: 'Show the box of discrepancy 1' });
  await button.focus();
  expect(await active()).toEqual(['1', '1']);
  await opened.keyboard.press('Enter');
  expect(await button.getAttribute('aria-pressed')).toBe('true');
  await opened.getByRole('checkbox', { name: 'Boxes' }).focus();
  expect(await active()).toEqual(['1', '1']);
  await opened.keyboard.press('Escape');
  expect(await active()).toEqual([]);
  await opened.keyboard.press('Space');
  expect(await opened.locator('.box').count()).toBe(0);
});

test('boxes lie where the critic saw the difference', async () => {
  const opened = await open(sampleRun());
  const stage = await opened.locator('.stage').first().boundingBox();
  const box = await opened.locator('.box').first().boundingBox();
  if (!stage || !box) throw new Error('no stage or box');
  expect((box.x - stage.x) / stage.width).toBeCloseTo(0.868, 2);
  expect((box.y - stage.y) / stage.height).toBeCloseTo(0.55, 2);
  expect(box.width / stage.width).toBeCloseTo(0.062, 2);
});

test('the slider moves by keyboard and by dragging', async () => {
  const opened = await open(sampleRun());
  await opened.getByRole('tab', { name: 'Slider' }).click();
  const slider = opened.getByRole('slider');
  const value = async () => Number(await slider.getAttribute('aria-valuenow'));
  await slider.focus();
  await opened.keyboard.press('ArrowRight');
  await opened.keyboard.press('PageUp');
  expect(await value()).toBe(62);
  await opened.keyboard.press('Home');
  expect(await value()).toBe(0);
  const stage = await opened.locator('.stage').boundingBox();
  if (!stage) throw new Error('no stage');
  await opened.mouse.move(stage.x + stage.width * 0.5, stage.y + 40);
  await opened.mouse.down();
  await opened.mouse.move(stage.x + stage.width * 0.75, stage.y + 60);
  await opened.mouse.up();
  expect(await value()).toBe(75);
  const clipped = await opened
    .getByRole('img', { name: 'Reference' })
    .evaluate((image) => getComputedStyle(image).clipPath);
  expect(clipped).toMatch(/^inset\(0px 25(\.\d+)?% 0px 0px\)$/);
});

test('the difference view counts and colours what differs', async () => {
  const opened = await open(sampleRun());
  await opened.getByRole('tab', { name: 'Difference' }).click();
  // The best round's third bar of Q4 ends 29 instead of 31: 32 px by 10 px of 720 by 480.
  const canvas = opened.getByRole('img', { name: /of the pixels differ$/ });
  await canvas.waitFor();
  expect(await canvas.getAttribute('aria-label')).toMatch(/^Difference: 0\.09 % of the pixels differ$/);
  const colours = await canvas.evaluate((element) => {
    if (!(element instanceof HTMLCanvasElement)) return [];
    const { data } = element.getContext('2d')?.getImageData(0, 0, element.width, element.height) ?? {
      data: [],
    };
    const seen = new Set<string>();
    for (let at = 0; at < data.length; at += 4) {
      const [r, g, b] = [data[at], data[at + 1], data[at + 2]];
      if (r !== g || g !== b) seen.add([r, g, b].join());
    }
    return [...seen];
  });
  expect(colours).toContain(differenceColours.missing.join());
  expect(colours).not.toContain(differenceColours.extra.join());
});

test('code is highlighted, compared and copied', async () => {
  const opened = await open(sampleRun(), { permissions: ['clipboard-read', 'clipboard-write'] });
  expect(await opened.locator('.listing .hljs-keyword').first().textContent()).toBe('import');
  await opened.getByRole('button', { name: 'Copy the code' }).click();
  await opened.getByRole('button', { name: 'Copied the code' }).waitFor();
  expect(await opened.evaluate(() => navigator.clipboard.readText())).toBe(chartCode({ values: [47, 29] }));
  await opened.getByRole('tab', { name: 'Changes' }).click();
  expect(await opened.locator('.line.added .marked').allTextContents()).toContain('29');
  expect(await opened.locator('.line.removed').count()).toBe(3);
  await opened.getByRole('combobox').selectOption('round 0');
  expect(await opened.locator('.line.added').count()).toBeGreaterThan(3);
});

test('the replies stay closed until asked for', async () => {
  const opened = await open(sampleRun());
  const reply = opened.getByText('Here is the code.');
  expect(await reply.isVisible()).toBe(false);
  await opened.getByText('Raw replies').click();
  expect(await reply.isVisible()).toBe(true);
  expect(await opened.getByRole('region', { name: 'Reply of the critic' }).isVisible()).toBe(true);
});

test('the table sums what the rounds used', async () => {
  const opened = await open(sampleRun());
  const rows = await opened.getByRole('row').allInnerTexts();
  expect(rows.map((row) => row.replaceAll(/\s+/g, ' ').trim())).toEqual(
    expect.arrayContaining([
      '1 2,310 in, 1,184 out – $0.0042 6.7 s',
      'All 11,550 in, 5,920 out 10,752 in, 1,648 out $0.0286 49.1 s',
    ]),
  );
});

test('the record can be saved as it is', async () => {
  const run = sampleRun();
  const opened = await open(run);
  const [download] = await Promise.all([
    opened.waitForEvent('download'),
    opened.getByRole('button', { name: 'Save run.json' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('run.json');
  const chunks = await (await download.createReadStream()).toArray();
  expect(JSON.parse(Buffer.concat(chunks).toString())).toEqual(run.record);
});

test('the theme follows the system until the reader chooses', async () => {
  const opened = await open(sampleRun(), { colorScheme: 'dark' });
  const ground = () => opened.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const dark = await ground();
  await opened.getByRole('button', { name: 'Use the light theme' }).click();
  const light = await ground();
  expect(dark).toBe('rgb(13, 16, 20)');
  expect(light).toBe('rgb(246, 247, 249)');
  await opened.reload();
  expect(await ground()).toBe(light);
});
