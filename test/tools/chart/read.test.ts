import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { dataOf } from '../../../tools/chart/data.ts';
import type { Chart } from '../../../tools/chart/model.ts';
import { readChart } from '../../../tools/chart/read.ts';
import { decodePicture } from '../../../tools/image/decode.ts';
import { openOcr } from '../../../tools/ocr/ocr.ts';
import { matplotlibRenderer } from '../../../tools/render/matplotlib.ts';

const renderer = matplotlibRenderer();
const ocr = openOcr();
afterAll(async () => {
  await renderer.close();
  await ocr.close();
});

async function readingOf(...lines: string[]) {
  const code = [
    'import matplotlib.pyplot as plt',
    'import numpy as np',
    'fig, ax = plt.subplots()',
    ...lines,
    'fig.savefig("chart.png")',
  ];
  const result = await renderer.render({ code: code.join('\n') });
  if (result.kind !== 'rendered') throw new Error(result.message);
  return readChart(result.picture, ocr);
}

async function chartOf(...lines: string[]): Promise<Chart> {
  const reading = await readingOf(...lines);
  if (reading.kind === 'unreadable') throw new Error(reading.reason);
  return reading.chart;
}

const named = '["a", "b", "c"]';
const boxes = '[[1, 2, 3, 4, 9], [2, 3, 5, 6, 8], [3, 4, 4, 5, 7]]';

describe.skipIf(!(await ocr.available()))('what a picture of a chart says', () => {
  it.each([
    ['error bars', `ax.bar(${named}, [3, 5, 4], yerr=[0.4, 0.6, 0.3], capsize=5, color="skyblue")`],
    ['error bars', `ax.bar(${named}, [3, 5, 4], yerr=[0.4, 0.6, 0.3], color="skyblue")`],
    ['error bars', 'ax.errorbar([1, 2, 3, 4], [3, 5, 4, 6], yerr=[0.4, 0.6, 0.3, 0.5], fmt="o-", capsize=4)'],
    ['a box plot', `ax.boxplot(${boxes})`],
    ['a box plot', `ax.boxplot(${boxes}, patch_artist=True)`],
    ['bars and lines are mixed', `ax.bar(${named}, [3, 5, 4])\nax.plot(${named}, [2, 4, 5], color="red")`],
    ['bars and lines are mixed', `ax.bar(${named}, [3, 5, 4])\nax.axhline(4.5, color="red", ls="--")`],
    [
      'dots and lines are mixed',
      'ax.scatter([1, 3, 5, 7, 9], [2, 7, 9, 16, 17])\nax.plot([0, 10], [0, 20], color="red")',
    ],
    ['a filled area', 'ax.stackplot([1, 2, 3, 4, 5], [1, 2, 3, 2, 4], [2, 2, 1, 3, 2])'],
    ['a heat map', 'ax.contourf(np.outer(np.arange(20), np.arange(20)))'],
    ['a log scale', 'ax.plot([1, 2, 3, 4], [1, 10, 100, 1000])\nax.set_yscale("log")'],
    [
      'a log scale',
      `ax.bar(${named}, [60, 900, 20000])\nax.set_yscale("log")\nax.minorticks_off()\n` +
        'ax.yaxis.set_major_formatter(plt.matplotlib.ticker.ScalarFormatter())',
    ],
    [
      'several plots',
      'plt.close(fig)\nfig = plt.figure(figsize=(6, 8))\nfig.add_subplot(211).plot([1, 3, 2])\n' +
        'other = fig.add_subplot(212, projection="3d")\n' +
        'other.plot_trisurf([0, 1, 0, 1, 0.5], [0, 0, 1, 1, 0.5], [0, 1, 2, 1, 4])',
    ],
  ])('is told apart from a plain chart: %s', async (reason, body) => {
    expect(await readingOf(body)).toMatchObject({
      kind: 'unreadable',
      reason: expect.stringContaining(reason),
    });
  });

  it.each([
    ['bars with edges of a colour', `ax.bar(${named}, [3, 5, 4], color="skyblue", edgecolor="navy")`, 'bars'],
    [
      'a histogram with edges',
      'ax.hist(range(9), bins=range(10), weights=[3, 5, 9, 9, 8, 6, 6, 4, 2], edgecolor="black")',
      'bars',
    ],
    [
      'lines of dots and dashes',
      'ax.plot([1, 2, 3, 4], [1, 3, 2, 5], lw=2)\nax.plot([1, 2, 3, 4], [4, 2, 4, 3], "--", lw=2)\n' +
        'ax.plot([1, 2, 3, 4], [5, 4, 1, 2], ":", lw=2)',
      'lines',
    ],
  ])('takes no harm from %s', async (_, body, kind) => {
    expect((await chartOf(body)).plot.kind).toBe(kind);
  });

  it('keeps the foot of bars that the axis cuts off', async () => {
    const chart = await chartOf(`ax.bar(${named}, [93, 91, 95])`, 'ax.set_ylim(90, 96)');
    expect(dataOf(chart).series[0]?.values).toEqual([93, 91, 95]);
  });

  it("takes no markers on the border for the axis's ticks", async () => {
    const chart = await chartOf(
      'ax.plot([1, 2, 3, 4], [0.65, 0.4, 0.3, 0.35], "^-", color="crimson", clip_on=False)',
      'ax.set_xlim(1, 4)',
      'ax.set_ylim(0, 1)',
    );
    expect(chart.y?.values).toEqual(expect.arrayContaining([0.2, 0.4, 0.6, 0.8]));
    expect(chart.y?.values).toHaveLength(6);
  });

  it('multiplies by what is written at the end of the axis, on the line of the title too', async () => {
    const chart = await chartOf('ax.plot([1, 2, 3], [1e6, 3e6, 2e6])', 'ax.set_title("Users")');
    expect(chart.title.map(({ text }) => text)).toEqual(['Users']);
    expect(Math.max(...(chart.y?.values ?? []))).toBe(3_000_000);
  });

  it.each([
    ['above them', 'ax.bar_label(bars, fmt="%.2f", padding=3)', 'edge'],
    ['on them in white', 'ax.bar_label(bars, fmt="%.2f", label_type="center", color="white")', 'center'],
  ])('takes the numbers written at bars, %s, for their values', async (_, labels, place) => {
    const { plot, notes, ...chart } = await chartOf(
      `bars = ax.bar(${named}, [23.52, 45.13, 31.88])`,
      'ax.set_ylim(0, 50)',
      labels,
    );
    expect(plot.kind === 'bars' && plot.labels?.place).toBe(place);
    expect(notes).toEqual([]);
    expect(dataOf({ ...chart, plot, notes }).series[0]?.values).toEqual([23.52, 45.13, 31.88]);
  });

  it('believes no numbers at bars that differ from their lengths', async () => {
    const chart = await chartOf(
      `bars = ax.bar(${named}, [20, 40, 30])`,
      'ax.bar_label(bars, labels=["71", "15", "88"])',
    );
    expect(chart.notes.map(({ text }) => text)).toEqual(expect.arrayContaining(['71', '15', '88']));
    expect(dataOf(chart).series[0]?.values).toEqual([20, 40, 30]);
  });

  it.each([
    ["marker='o'", { shape: 'o' }],
    ["marker='s'", { shape: 's' }],
    ["marker='^'", { shape: '^' }],
    ["marker='D'", { shape: 'D' }],
    ["marker='*', ms=10", { shape: '*' }],
    ["marker='x'", { shape: 'x' }],
    ["marker='+', ms=10", { shape: '+' }],
    ["marker='o', mfc='none'", { shape: 'o', face: 'none' }],
    ["marker='o', mfc='white', ms=8, lw=2", { shape: 'o', face: [255, 255, 255] }],
  ])('tells the markers of a line, and its numbers: %s', async (style, marker) => {
    const chart = await chartOf(`ax.plot([0, 1, 2, 3, 4], [1, 3, 2, 5, 4], ${style})`);
    expect(chart.plot.kind === 'lines' && chart.plot.series[0]?.marker).toMatchObject(marker);
    expect(dataOf(chart).series[0]).toMatchObject({ xs: [0, 1, 2, 3, 4], values: [1, 3, 2, 5, 4] });
  });

  it.each([
    ["'-', lw=1", '-', 1],
    ["'-', lw=4", '-', 4],
    ["':', lw=2, marker='s'", ':', 2],
    ["'--', marker='o'", '--', 1.5],
  ])('measures a stroke: %s', async (style, dash, points) => {
    const { plot } = await chartOf(`ax.plot([0, 1, 2, 3, 4], [1, 3, 2, 5, 4], ${style})`);
    const line = plot.kind === 'lines' ? plot.series[0]?.line : undefined;
    expect(line?.dash).toBe(dash);
    expect(Math.abs(((line?.thickness ?? 0) * 72) / 100 - points)).toBeLessThan(0.25);
  });

  it('puts no points between markers that stand at unequal distances', async () => {
    const chart = await chartOf('ax.plot([0, 1, 3, 4, 8], [1, 3, 2, 5, 4], "o-")');
    expect(dataOf(chart).series[0]?.xs).toEqual([0, 1, 3, 4, 8]);
  });

  it('knows a tick whose mark a marker hides', async () => {
    const chart = await chartOf(
      'ax.plot([1, 2, 3], [0.4, 0.6, 0.2], "o-", clip_on=False, zorder=9, ms=12)',
      'ax.set_xlim(1, 3)',
      'ax.set_ylim(0, 1)',
    );
    expect(chart.y?.values).toEqual([1, 0.8, 0.6, 0.4, 0.2, 0]);
  });

  it('says of a blank picture that it is one', async () => {
    const png = await sharp({ create: { width: 400, height: 300, channels: 3, background: '#fdfdfd' } })
      .png()
      .toBuffer();
    expect(await readChart(await decodePicture(png, 'blank.png'), ocr)).toMatchObject({
      reason: expect.stringContaining('blank'),
    });
  });
});
