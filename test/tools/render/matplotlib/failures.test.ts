import { afterAll, describe, expect, it } from 'vitest';
import type { RenderFailure } from '../../../../core/render.ts';
import { matplotlibRenderer } from '../../../../tools/render/matplotlib.ts';
import { failed } from '../../../conformance/renderer.ts';

const renderer = matplotlibRenderer({ workers: 1, cpuSeconds: 1, wallSeconds: 4, codeBytes: 20_000 });
afterAll(() => renderer.close());

const failureOf = async (code: string) => failed(await renderer.render({ code }));
const plt = 'import matplotlib.pyplot as plt\n';

describe('a failure tells what a model needs to mend the code', () => {
  const cases: readonly [string, string, Partial<RenderFailure>][] = [
    ['a missing bracket', `${plt}plt.plot([1, 2\n`, { outcome: 'syntax-error', line: 2 }],
    ['a wrong indentation', `${plt}  plt.plot([1, 2])\n`, { outcome: 'syntax-error', line: 2 }],
    ['a null character', `${plt}\0`, { outcome: 'syntax-error' }],
    ['too deep nesting', `x = ${'('.repeat(5000)}${')'.repeat(5000)}`, { outcome: 'syntax-error' }],
    [
      'a wrong argument',
      `${plt}plt.bar(['a', 'b'], [1, 2, 3])`,
      { outcome: 'runtime-error', line: 2, message: expect.stringContaining('shape mismatch') },
    ],
    [
      'a fault in a function, by the line where it happened',
      `${plt}def draw():\n    plt.plot(undefined)\n\ndraw()`,
      { line: 3, message: "NameError: name 'undefined' is not defined" },
    ],
    [
      'a library that is not there, with those that are',
      'import plotly',
      { line: 1, message: expect.stringMatching(/'plotly' \(available: matplotlib, numpy/) },
    ],
    [
      'a broken formula, found only when drawn',
      `${plt}plt.title(r'$\\frac{1}$')\nplt.show()`,
      { outcome: 'runtime-error', line: 3, message: expect.stringContaining('frac') },
    ],
    ['a missing data file', "open('data.csv')", { outcome: 'runtime-error', line: 1 }],
    ['an exit with a status', 'import sys\nsys.exit(3)', { outcome: 'runtime-error', line: 2 }],
    [
      'an endless loop',
      'x = 0\nwhile True: x += 1',
      { outcome: 'timeout', line: 2, message: expect.stringMatching(/more than the 1 s of CPU|longer than/) },
    ],
    [
      'a long sleep',
      'import time\ntime.sleep(60)',
      { outcome: 'timeout', line: 2, message: 'The code ran longer than the 4 s allowed.' },
    ],
    [
      'too much memory',
      'x = bytearray(10 ** 11)',
      { outcome: 'memory', line: 1, message: expect.stringContaining('2048 MiB') },
    ],
    [
      'a figure too large',
      `${plt}plt.figure(figsize=(200, 100))\nplt.plot([1])\nplt.savefig('x.png', dpi=100)`,
      {
        outcome: 'output-limit',
        line: 4,
        message: expect.stringMatching(/20000 x 10000 pixels.*50 million/),
      },
    ],
    [
      'an endless bounding box',
      `${plt}plt.plot([1, 2])\nplt.text(1, 500, 'far')\nplt.savefig('x.png', bbox_inches='tight')`,
      { outcome: 'output-limit', line: 4 },
    ],
    ['code that is too long', '#'.repeat(20_001), { outcome: 'output-limit' }],
    [
      'a message that steers terminals',
      "raise ValueError('\\x1b[2J\\x07gone\\r\\nnext')",
      { message: 'ValueError: [2J gone next' },
    ],
  ];
  for (const [name, code, expected] of cases) {
    it(name, async () => {
      expect(await failureOf(code)).toMatchObject(expected);
    });
  }

  it('a traceback of the code alone, without frames of ours or of libraries', async () => {
    const { detail } = await failureOf(`${plt}def draw():\n    plt.plot([1], [1, 2])\n\ndraw()`);
    expect(detail).toMatch(/^ {2}File "main\.py", line 5, in <module>\n {4}draw\(\)/);
    expect(detail).toContain('File "main.py", line 3, in draw');
    expect(detail).not.toMatch(/child\.py|site-packages|dist-packages|pyplot\.py/);
    expect(detail).toMatch(/x and y must have same first dimension/);
  });

  it('a bounded text, however long the message and deep the recursion', async () => {
    const long = await failureOf("raise ValueError('x' * 10 ** 7)");
    expect(long.message.length).toBeLessThanOrEqual(500);
    expect(long.detail?.length).toBeLessThanOrEqual(4000);
    const deep = await failureOf('def f(n):\n    return f(n + 1)\nf(0)');
    expect(deep).toMatchObject({ outcome: 'runtime-error', line: 2 });
    expect(deep.detail?.split('\n').length).toBeLessThanOrEqual(20);
  });
});
