import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { isTrace, type Trace } from '../../../metrics/chartmimic/trace.ts';
import { chartTracer } from '../../../metrics/chartmimic/tracer.ts';
import { chartMimicHighLevel } from '../../../metrics/chartmimic-high-level.ts';
import { chartMimicLowLevel } from '../../../metrics/chartmimic-low-level.ts';
import { matplotlibRenderer } from '../../../tools/render/matplotlib.ts';

const F1 = z.object({ precision: z.number(), recall: z.number(), f1: z.number() });
const golden = z
  .object({
    cases: z.array(
      z.object({
        id: z.string(),
        text: F1,
        type: F1,
        color: F1.nullable(),
        layout: F1,
        golden: z.string(),
        generated: z.string(),
      }),
    ),
  })
  .parse(
    JSON.parse(
      readFileSync(new URL('../../fixtures/golden/chartmimic-low-level.json', import.meta.url), 'utf8'),
    ),
  );

const renderer = matplotlibRenderer({ workers: 2 });
const trace = chartTracer(renderer);
afterAll(() => renderer.close());

async function traced(code: string): Promise<Trace> {
  const result = await trace(code);
  if (!isTrace(result)) throw new Error(result.message);
  return result;
}
const plot = (lines: string) => `import matplotlib.pyplot as plt\n${lines}\nplt.savefig('out.png')\n`;

test.for(golden.cases.map((item) => [item.id, item] as const))('golden: %s', async ([, item]) => {
  const [generated, wanted] = await Promise.all([traced(item.generated), traced(item.golden)]);
  const { parts, value } = chartMimicLowLevel(generated, wanted);
  const kinds = ['text', 'type', 'color', 'layout'] as const;
  for (const kind of kinds) {
    for (const [name, expected] of Object.entries(item[kind] ?? {})) {
      expect(Math.abs((parts[`${kind}.${name}`] ?? Number.NaN) - expected), `${kind}.${name}`).toBeLessThan(
        1e-6,
      );
    }
  }
  const mean = kinds.reduce((sum, kind) => sum + (parts[`${kind}.f1`] ?? Number.NaN), 0) / 4;
  expect(value).toBeCloseTo(100 * mean, 9);
  // 1 for equal inputs. A chart without any colour or call of those watched has nothing to agree on.
  const itself = chartMimicLowLevel(wanted, wanted);
  expect(itself.parts).toMatchObject({
    'text.f1': wanted.texts.length > 0 ? 1 : 0,
    'layout.f1': 1,
    'type.f1': 1,
  });
});

describe('tracing', () => {
  test('sees what was saved, though the figure is closed or cleared afterwards', async () => {
    const first = await traced(plot("plt.plot([1, 2], color='red')\nplt.title('Kept')"));
    const cleared = await traced(
      `${plot("plt.plot([1, 2], color='red')\nplt.title('Kept')")}plt.clf()\nplt.close()\n`,
    );
    expect(first.texts).toEqual(['Kept']);
    expect(cleared.texts).toEqual(first.texts);
  });

  test('sees a figure that is only shown, or neither shown nor saved', async () => {
    const shown = await traced(
      "import matplotlib.pyplot as plt\nplt.bar(['a'], [1])\nplt.title('Shown')\nplt.show()\n",
    );
    const open = await traced("import matplotlib.pyplot as plt\nplt.bar(['a'], [1])\nplt.title('Open')\n");
    expect([shown.texts, open.texts]).toEqual([['Shown'], ['Open']]);
  });

  test('keeps counting after a plotting call that failed', async () => {
    const lines =
      'try:\n    plt.plot([1, 2], [1, 2, 3])\nexcept ValueError:\n    pass\nplt.scatter([1], [1])\nplt.bar([1], [1])';
    const { calls } = await traced(plot(lines));
    expect(Object.values(calls).reduce((sum, count) => sum + count, 0)).toBe(3);
  });

  test('nothing is carried over from the program before', async () => {
    const one = plot("plt.bar(['x'], [1], color='#123456')\nplt.title('One')");
    const before = await traced(one);
    await traced(golden.cases[2]?.golden ?? '');
    expect(await traced(one)).toEqual(before);
  });

  test('a program that fails is data, with its line', async () => {
    expect(await trace('import matplotlib.pyplot as plt\nplt.plot(undefined)\n')).toMatchObject({
      outcome: 'runtime-error',
      line: 2,
    });
    expect(await trace('plt.plot([1\n')).toMatchObject({ outcome: 'syntax-error', line: 1 });
    expect(await trace('x = 1')).toMatchObject({ outcome: 'no-figure' });
    expect(await trace('  ')).toMatchObject({ outcome: 'no-code' });
    expect(await trace('import os\nos._exit(3)')).toMatchObject({ kind: 'render-failure' });
  });

  test('a program cannot reach beyond the sandbox of the renderer', async () => {
    const result = await trace("import urllib.request\nurllib.request.urlopen('http://127.0.0.1:1')");
    expect(result).toMatchObject({ kind: 'render-failure' });
  });
});

describe('scoring', () => {
  const base: Trace = {
    texts: ['a', 'b', 'b'],
    layout: [[1, 1, 0, 0, 0, 0]],
    calls: { bar: 2 },
    colours: [
      ['bar', '#FF0000'],
      ['bar', '#0000FF'],
    ],
  };

  test('a program that fails scores 0, a golden one that fails is an error', () => {
    const failed = { kind: 'render-failure', outcome: 'timeout', message: 'The code ran too long.' } as const;
    expect(chartMimicLowLevel(failed, base)).toMatchObject({
      value: 0,
      explanation: expect.stringContaining('timeout'),
    });
    expect(() => chartMimicLowLevel(base, failed)).toThrow('golden program');
  });

  test('colours are assigned as well as can be, whatever their order', () => {
    const turned = { ...base, colours: base.colours.toReversed() };
    expect(chartMimicLowLevel(turned, base).value).toBe(100);
  });

  test('a colour map agrees with itself alone', () => {
    const map = (name: string): Trace => ({ ...base, colours: [['imshow', name]] });
    expect(chartMimicLowLevel(map('viridis'), map('viridis')).parts['color.f1']).toBe(1);
    expect(chartMimicLowLevel(map('viridis'), map('plasma')).parts['color.f1']).toBe(0);
    expect(chartMimicLowLevel(map('viridis'), map('#440154')).parts['color.f1']).toBe(0);
  });

  test('above ten colours only the reference thins out', () => {
    const colours = Array.from({ length: 12 }, (_, i): [string, string] => [
      'plot',
      `#0000${(200 + i).toString(16)}`,
    ]);
    const many = { ...base, colours };
    const one = { ...base, colours: colours.slice(0, 1) };
    expect(chartMimicLowLevel(one, many).parts['color.recall']).toBeCloseTo(1 / 12, 9);
    expect(chartMimicLowLevel(one, many, { referenceCompatible: true }).parts['color.recall']).toBe(1);
  });

  test('swapping the two swaps precision and recall, and less in common scores less', () => {
    const texts = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(texts, texts, (left, right) => {
        const there = chartMimicLowLevel({ ...base, texts: left }, { ...base, texts: right }).parts;
        const back = chartMimicLowLevel({ ...base, texts: right }, { ...base, texts: left }).parts;
        expect(there['text.precision']).toBe(back['text.recall']);
        expect(there['text.f1']).toBeCloseTo(back['text.f1'] ?? Number.NaN, 12);
        const damaged = left.map((text, i) => (i === 0 ? 'damaged' : text));
        const worse = chartMimicLowLevel({ ...base, texts: damaged }, { ...base, texts: left }).parts;
        expect(worse['text.f1']).toBeLessThan(1);
      }),
    );
  });

  test('charts of category graph count their subplots alone', () => {
    const other: Trace = { ...base, layout: [[2, 1, 0, 0, 0, 0]] };
    expect(chartMimicLowLevel(other, base).parts['layout.f1']).toBe(0);
    expect(chartMimicLowLevel(other, base, { graph: true }).parts['layout.f1']).toBe(1);
  });
});

test.for([
  ['Comments:\n- Chart Types: fine, 18/20\n- Clarity: 9 / 10\n\nScore: 87/100', 87],
  ['**Score: **91** / 100', 91],
  ['Score: *64*', 64],
  ['First Score: 10, then\nScore: 250/100', 100],
  ['I cannot say.', 0],
] as const)('high level: the score in %j', ([reply, value]) => {
  expect(chartMimicHighLevel(reply).value).toBe(value);
});

test('high level: the points of each criterion are its parts', () => {
  const reply = '- Chart Types: all there. 20/20\n- Data: close, 15.5/20\nScore: 80/100';
  expect(chartMimicHighLevel(reply).parts).toEqual({ 'Chart Types': 20, Data: 15.5 });
});
