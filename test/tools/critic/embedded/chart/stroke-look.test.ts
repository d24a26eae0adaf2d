import { afterAll, describe, expect, it } from 'vitest';
import { readChart } from '../../../../../tools/chart/read.ts';
import { strokeFindings } from '../../../../../tools/critic/embedded/chart/stroke-findings.ts';
import { pixelsOf } from '../../../../../tools/image/pixels.ts';
import { openOcr } from '../../../../../tools/ocr/ocr.ts';
import { matplotlibRenderer } from '../../../../../tools/render/matplotlib.ts';
import { rendered } from '../../../../conformance/renderer.ts';

const renderer = matplotlibRenderer();
const ocr = openOcr();
afterAll(async () => {
  await renderer.close();
  await ocr.close();
});

const program = `import matplotlib.pyplot as plt
plt.plot([0, 1, 2, 3, 4], [1, 3, 2, 5, 4], '-o', linewidth=1.5)
plt.savefig('chart.png')`;

/** What is found when both sides are read as the reference: the readings share every mistake. */
async function found(code: string) {
  const [a, b] = await Promise.all(
    [program, code].map(async (one) => rendered(await renderer.render({ code: one })).picture),
  );
  if (!a || !b) throw new Error('nothing was drawn');
  const reading = await readChart(a, ocr);
  if (reading.kind === 'unreadable') throw new Error(reading.reason);
  const { chart } = reading;
  return strokeFindings(await pixelsOf(a, chart), await pixelsOf(b, chart), chart, chart, []);
}

describe.skipIf(!(await ocr.available()))('lines laid over each other', () => {
  it('differ in nothing from themselves', async () => {
    expect(await found(program)).toEqual([]);
  });

  it.each([
    ['style_error', '-o', '-s'],
    ['style_error', "'-o'", "'-o', markersize=10"],
    ['style_error', "'-o'", "'-o', markerfacecolor='white'"],
    ['style_error', "'-o'", "'-'"],
    ['style_error', 'linewidth=1.5', 'linewidth=3'],
    ['data_error', '3, 2, 5', '3, 2.2, 5'],
  ])('differ by a %s: %s drawn as %s', async (category, from, to) => {
    expect(program).toContain(from);
    expect(await found(program.replace(from, to))).toMatchObject([{ category }]);
  });
});
