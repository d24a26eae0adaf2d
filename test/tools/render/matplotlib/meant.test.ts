import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { matplotlibRenderer } from '../../../../tools/render/matplotlib.ts';
import { failed, rendered } from '../../../conformance/renderer.ts';

const renderer = matplotlibRenderer({ workers: 1 });
afterAll(() => renderer.close());

const render = (code: string) => renderer.render({ code: `import matplotlib.pyplot as plt\n${code}` });
const size = async (code: string) => {
  const { picture } = rendered(await render(code));
  return `${picture.width} x ${picture.height}`;
};
const grounds = new Map([
  ['255,0,0', 'red'],
  ['0,128,0', 'green'],
  ['0,0,255', 'blue'],
  ['255,255,255', 'white'],
]);
/** The colour of the figure's ground, by which the programs below tell their figures apart. */
const ground = async (code: string) => {
  const { picture } = rendered(await render(code));
  const corner = { left: 1, top: 1, width: 1, height: 1 };
  const [red, green, blue] = await sharp(picture.png).extract(corner).raw().toBuffer();
  return grounds.get(`${red},${green},${blue}`);
};
const figure = (name: string, colour: string) =>
  `${name} = plt.figure(facecolor='${colour}', figsize=(2, 1)); ${name}.add_subplot().plot([1, 2])\n`;
const red = figure('a', 'red');
const green = figure('b', 'green');
const blue = figure('c', 'blue');

describe("the author's size", () => {
  it('is figsize times dpi', async () => {
    expect(await size(`${red}plt.savefig('chart.png')`)).toBe('200 x 100');
    expect(await size(`${red}plt.savefig('chart.png', dpi=300)`)).toBe('600 x 300');
    expect(await size(`${red}plt.show()`)).toBe('200 x 100');
    expect(await size(`plt.rcParams['savefig.dpi'] = 50\n${red}`)).toBe('100 x 50');
  });

  it('follows bbox_inches and pad_inches', async () => {
    const tight = await size(`${red}plt.savefig('chart.png', bbox_inches='tight', pad_inches=0)`);
    const padded = await size(`${red}plt.savefig('chart.png', bbox_inches='tight', pad_inches=0.5)`);
    const [width = 0, height = 0] = tight.split(' x ').map(Number);
    expect(padded).toBe(`${width + 100} x ${height + 100}`);
  });

  it('holds for vector formats too, and is the same picture', async () => {
    const digest = async (target: string) =>
      rendered(await render(`${red}plt.savefig(${target}, dpi=120)`)).picture.digest;
    expect(await digest("'chart.pdf'")).toBe(await digest("'chart.png'"));
    expect(await digest("'chart.svg'")).toBe(await digest("'chart.png'"));
    expect(await digest("'chart'")).toBe(await digest("'chart.png'"));
  });
});

describe('the figure that was meant is', () => {
  const cases: readonly [string, string, string][] = [
    ['a saved one before others that are open', `${red}${green}a.savefig('x.png')`, 'red'],
    ['the one saved last', `${red}${green}b.savefig('x.png'); a.savefig('y.png')`, 'red'],
    ['the raster file, not the PDF after it', `${red}${green}a.savefig('x.png'); b.savefig('y.pdf')`, 'red'],
    ['a file before a stream', `import io\n${red}${green}a.savefig('x.png'); b.savefig(io.BytesIO())`, 'red'],
    ['one saved to a stream before open ones', `import io\n${red}${green}a.savefig(io.BytesIO())`, 'red'],
    ['one saved into a folder that is not there', `${red}${green}a.savefig('/mnt/data/out/x.png')`, 'red'],
    ['a saved one that was closed', `${red}a.savefig('x.png'); plt.close('all')\n${green}`, 'red'],
    ['the current one of those open', `${red}${green}${blue}plt.figure(b.number)`, 'green'],
    ['the newest when the current one is empty', `${red}${green}plt.figure()`, 'green'],
    ['the one shown, not one drawn after it', `${red}plt.show()\n${green}`, 'red'],
    ['the one shown, though it was cleared', `${red}plt.show(); plt.clf()`, 'red'],
    ['the one shown, though it was closed', `${red}plt.show(); plt.close()\n`, 'red'],
    ['the last shown', `${red}plt.show(); plt.close()\n${green}plt.show()`, 'green'],
    ['one shown by its own method', `${red}${green}a.show()`, 'red'],
    ['one closed without being saved or shown', `${red}plt.close()`, 'red'],
    ['one closed before savefig made an empty one', `${red}plt.close(); plt.savefig('x.png')`, 'red'],
    ['one saved after show, as beginners do', `${red}plt.show(); plt.savefig('x.png')`, 'red'],
    ['one never saved nor shown', red, 'red'],
    [
      'one made without pyplot',
      `from matplotlib.figure import Figure
from matplotlib.backends.backend_agg import FigureCanvasAgg
f = Figure(facecolor='blue'); FigureCanvasAgg(f); f.subplots().plot([1]); f.savefig('x.png')`,
      'blue',
    ],
    [
      'one printed by its canvas alone',
      `from matplotlib.figure import Figure
from matplotlib.backends.backend_agg import FigureCanvasAgg
f = Figure(facecolor='blue'); f.subplots().plot([1]); FigureCanvasAgg(f).print_png('x.png')`,
      'blue',
    ],
    [
      'a page of a PDF',
      `from matplotlib.backends.backend_pdf import PdfPages\n${red}${green}
with PdfPages('x.pdf') as pdf: pdf.savefig(a)`,
      'red',
    ],
    [
      'the picture that PIL made of it',
      `import io\nfrom PIL import Image\n${red}buffer = io.BytesIO(); a.savefig(buffer, format='png')
image = Image.open(buffer).convert('RGB'); image.paste((0, 0, 255), (0, 0, 20, 20)); image.save('x.png')`,
      'blue',
    ],
    [
      'the picture that PIL made of the file',
      `from PIL import Image\n${red}plt.savefig('x.png')
image = Image.open('x.png').convert('RGB'); image.paste((0, 0, 255), (0, 0, 20, 20)); image.save('y.png')`,
      'blue',
    ],
    [
      'drawn by PIL alone',
      `from PIL import Image, ImageDraw
image = Image.new('RGB', (90, 40), 'blue'); ImageDraw.Draw(image).line((5, 9, 80, 30), 'white'); image.save('x.png')`,
      'blue',
    ],
    [
      'the one drawn with an interactive backend asked for',
      `import matplotlib\nmatplotlib.use('TkAgg'); plt.switch_backend('Qt5Agg')\n${red}plt.show(block=True)`,
      'red',
    ],
    ['the one saved in the main block', `${red}if __name__ == '__main__':\n    plt.savefig('x.png')`, 'red'],
    ['saved before sys.exit(0)', `import sys\n${red}plt.savefig('x.png'); sys.exit(0)`, 'red'],
    ['saved with its own ground', `${red}plt.savefig('x.png', facecolor='blue')`, 'blue'],
    ['saved without ground, on white', `${red}plt.savefig('x.png', transparent=True)`, 'white'],
  ];
  for (const [name, code, colour] of cases) {
    it(name, async () => {
      expect(await ground(code)).toBe(colour);
    });
  }
});

describe('what the code reads back', () => {
  const reads: readonly [string, string][] = [
    [
      'the file that it saved',
      `${red}plt.savefig('x.png'); assert plt.imread('x.png').shape == (100, 200, 4)`,
    ],
    [
      'its size and name',
      `import os\n${red}plt.savefig('x.png'); os.rename('x.png', 'y.png'); assert len(open('y.png', 'rb').read()) > 99`,
    ],
    [
      'files in folders of its own',
      `import os\nos.makedirs('out')\n${red}plt.savefig('out/x.png'); open('out/x.png')`,
    ],
    ['its own source', `assert 'savefig' in open(__file__).read()\n${red}plt.savefig('x.png')`],
    [
      'many pictures saved one after the other',
      `${red}
for i in range(5): a.savefig(f'{i}.png')
assert len({open(f'{i}.png', 'rb').read() for i in range(5)}) == 1`,
    ],
  ];
  for (const [name, code] of reads) {
    it(name, async () => {
      expect(await ground(code)).toBe('red');
    });
  }
});

describe('no picture', () => {
  it('is a blank one', async () => {
    expect(failed(await render("plt.savefig('x.png')")).outcome).toBe('blank');
    expect(failed(await render('plt.figure(facecolor="red"); plt.show()')).outcome).toBe('blank');
    expect(failed(await render("plt.figure(); plt.savefig('x.png', transparent=True)")).outcome).toBe(
      'blank',
    );
  });
  it('is none at all', async () => {
    expect(failed(await render('print(1)')).outcome).toBe('no-figure');
  });
});
