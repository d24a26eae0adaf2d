import { afterAll, describe, expect, it } from 'vitest';
import { matplotlibRenderer } from '../../../../tools/render/matplotlib.ts';
import { rendered } from '../../../conformance/renderer.ts';

const renderer = matplotlibRenderer({ workers: 1 });
afterAll(() => renderer.close());

const hacksOf = async (code: string) => {
  const program = `import io, base64, zlib\nimport numpy as np\nimport matplotlib.pyplot as plt\n${code}`;
  return rendered(await renderer.render({ code: program })).hacks.map(({ kind }) => kind);
};
/** Numbers that look like a photograph's, typed out. */
const typed = (rows: number, columns: number, channels: number) => {
  const value = (index: number) => (index * 7919) % 256;
  const cell = (at: number) =>
    channels === 1 ? value(at) : `[${Array.from({ length: channels }, (_, k) => value(at * 3 + k)).join()}]`;
  const row = (y: number) => `[${Array.from({ length: columns }, (_, x) => cell(y * columns + x)).join()}]`;
  return `np.array([${Array.from({ length: rows }, (_, y) => row(y)).join()}], dtype=np.uint8)`;
};
const base64 = Buffer.from(Array.from({ length: 64 * 64 * 3 }, (_, i) => (i * 7919) % 256)).toString(
  'base64',
);
const pixels = `np.frombuffer(base64.b64decode('${base64}'), np.uint8).reshape(64, 64, 3)`;

describe('a pasted picture is reported', () => {
  const pasted: readonly [string, string][] = [
    ['decoded from base64', `plt.imshow(${pixels})`],
    [
      'decoded from base64 and drawn as the figure itself',
      `plt.figure(figsize=(2, 2)).figimage(${pixels}, resize=True)`,
    ],
    ['typed out number by number', `plt.imshow(${typed(64, 64, 3)})`],
    ['typed out in grey', `plt.imshow(${typed(64, 64, 1)}, cmap='gray')`],
    ['saved by PIL', `from PIL import Image\nImage.fromarray(${pixels}).save('x.png')`],
    [
      'in rows of characters',
      `rows = [${Array.from({ length: 64 }, (_, y) => `'${'#.'.repeat(20)}${'.#'.repeat(10 + (y % 3))}'[:60]`).join()}]
plt.imshow([[mark == '#' for mark in row] for row in rows])`,
    ],
  ];
  for (const [name, code] of pasted) {
    it(name, async () => {
      expect(await hacksOf(`${code}\nplt.show()`)).toEqual(['embedded-raster']);
    });
  }
});

describe('an honest image is none', () => {
  const honest: readonly [string, string][] = [
    ['a heat map typed out', `plt.imshow(${typed(20, 30, 1)}); plt.colorbar()`],
    ['a field that is computed', 'plt.imshow(np.sin(np.linspace(0, 9, 250000)).reshape(500, 500))'],
    ['random noise', 'plt.imshow(np.random.rand(200, 200))'],
    [
      'a table of numbers in text',
      `plt.imshow(np.loadtxt(io.StringIO('''${'1 2 3 4 5 6 7 8\n'.repeat(60)}''')))`,
    ],
    [
      'a small logo',
      `ax = plt.figure().add_axes([0.8, 0.8, 0.1, 0.1]); ax.imshow(${pixels}); plt.axes([.1, .1, .6, .6]).plot([1, 2])`,
    ],
    ['a long series as a line', `plt.plot(${typed(1, 3000, 1)}[0])`],
  ];
  for (const [name, code] of honest) {
    it(name, async () => {
      expect(await hacksOf(`${code}\nplt.show()`)).toEqual([]);
    });
  }
});
