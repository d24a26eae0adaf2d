import { afterAll, describe, expect, it } from 'vitest';
import { embeddedGenerator } from '../../../agents/embedded/generator.ts';
import { ConfigError } from '../../../core/errors.ts';
import type { Picture } from '../../../core/picture.ts';
import { chart } from '../../../core/tasks/chart.ts';
import { embeddedCritic } from '../../../tools/critic/embedded/critic.ts';
import { openOcr } from '../../../tools/ocr/ocr.ts';
import { matplotlibRenderer } from '../../../tools/render/matplotlib.ts';

const renderer = matplotlibRenderer();
const ocr = openOcr();
afterAll(async () => {
  await renderer.close();
  await ocr.close();
});

const language = chart.languages[0];
const generator = embeddedGenerator({ renderers: [renderer], ocr });
const critic = embeddedCritic({ ocr });
const program = (...lines: string[]) =>
  ['import matplotlib.pyplot as plt', 'fig, ax = plt.subplots()', ...lines, 'fig.savefig("chart.png")'].join(
    '\n',
  );
async function drawn(code: string): Promise<Picture> {
  const result = await renderer.render({ code });
  if (result.kind !== 'rendered') throw new Error(result.message);
  return result.picture;
}
const bars = program(
  'ax.bar(["North", "South", "East"], [42, 17, 30])',
  'ax.set_title("Sales by region")',
  'ax.set_ylabel("Units")',
);

// Machines without language data skip these, as the product itself says that charts need it.
describe.skipIf(!(await ocr.available()))('charts by image analysis', () => {
  it('reads a bar chart into a program with its numbers and words', async () => {
    const { code, confidence } = await generator.generate({
      task: chart,
      language,
      image: await drawn(bars),
    });
    expect(code).toContain('categories = ["North", "South", "East"]');
    expect(code).toContain('values = [42, 17, 30]');
    expect(code).toContain('ax.set_title("Sales by region")');
    expect(confidence).toBeGreaterThan(0.8);
  });

  it('trusts no reading whose legend lost the name of a series', async () => {
    const stacked = program(
      'ax.bar(["a", "b", "c"], [5, 3, 4], label="Coal", color="#555555")',
      'ax.bar(["a", "b", "c"], [2, 4, 3], bottom=[5, 3, 4], label="Gas", color="#f28e2b")',
      'ax.set_ylim(0, 12)',
      'ax.legend()',
    );
    const { code, confidence } = await generator.generate({
      task: chart,
      language,
      image: await drawn(stacked),
    });
    expect(code.includes('"Coal"') || (confidence ?? 1) < 0.5).toBe(true);
  });

  it('writes the percentages of a pie though one of them is misread', async () => {
    const pie = 'ax.pie([30, 20, 50], labels=["Rent", "Food", "Other"], autopct="%1.0f%%")';
    const { code } = await generator.generate({ task: chart, language, image: await drawn(program(pie)) });
    expect(code).toContain('values = [30, 20, 50]');
    expect(code).toContain('autopct="%1.0f%%"');
  });

  it('tells a capital from the small letter that differs in its size alone', async () => {
    const { code } = await generator.generate({
      task: chart,
      language,
      image: await drawn(
        program(
          'plt.rcParams["font.family"] = "DejaVu Serif"',
          'ax.set_ylabel("Visits (thousands)")',
          'ax.bar(["a", "b", "c"], [3, 5, 4])',
        ),
      ),
    });
    expect(code).toContain('ax.set_ylabel("Visits (thousands)")');
  });

  it('draws its own reading so that its critic finds nothing', async () => {
    const reference = await drawn(bars);
    const { code } = await generator.generate({ task: chart, language, image: reference });
    expect(await critic.critique({ task: chart, reference, candidate: await drawn(code) })).toMatchObject({
      severitySum: 0,
    });
  });

  it.each([
    ['a log axis', 'ax.plot([1, 2, 3, 4], [1, 10, 100, 1000])\nax.set_yscale("log")\nax.minorticks_off()'],
    ['two axes', 'ax.plot([1, 2, 3])\nax.twinx().plot([9, 2, 5], color="red")'],
  ])('says that %s needs a model', async (_, body) => {
    const running = generator.generate({ task: chart, language, image: await drawn(program(body)) });
    await expect(running).rejects.toThrow(ConfigError);
    await expect(running).rejects.toThrow('needs a model');
  });

  it.each([
    ['data_error', bars.replace('30]', '22]')],
    ['text_error', bars.replace('Sales by region', 'Profit by town')],
    ['style_error', bars.replace('30])', '30], color="#d62728")')],
    ['structure_error', bars.replace('ax.bar', 'ax.barh')],
  ])('names a damaged copy by %s', async (category, code) => {
    const result = await critic.critique({
      task: chart,
      reference: await drawn(bars),
      candidate: await drawn(code),
    });
    if (result.kind !== 'critique') throw new Error(result.reason);
    expect(result.discrepancies.map((one) => one.category)).toContain(category);
  });

  it.each([
    ['an apology', 'plt.close(fig)\nfig = plt.figure()\nfig.text(0.5, 0.5, "sorry")'],
    ['another kind of chart', 'ax.pie([1, 2, 3])'],
  ])('holds more against %s than against a chart whose values are all wrong', async (_, body) => {
    const reference = await drawn(bars);
    const sums = [bars.replace('[42, 17, 30]', '[12, 37, 9]'), program(body)].map(async (code) => {
      const result = await critic.critique({ task: chart, reference, candidate: await drawn(code) });
      return result.kind === 'critique' ? result.severitySum : Number.NaN;
    });
    const [wrong, other] = await Promise.all(sums);
    expect(other).toBeGreaterThan(wrong ?? 0);
    expect(wrong).toBeGreaterThan(0);
  });

  it('fails, and never reads as perfect, where the reference cannot be read', async () => {
    const reference = await drawn(program('ax.imshow([[1, 2], [3, 4]])'));
    expect(await critic.critique({ task: chart, reference, candidate: reference })).toMatchObject({
      kind: 'critic-failure',
    });
  });
});
