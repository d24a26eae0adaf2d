import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { svgRenderer } from '../../../tools/render/svg.ts';
import { children, killed } from '../../conformance/descendants.ts';
import { failed, rendered, rendererConformance } from '../../conformance/renderer.ts';

const drawn = (body: string, attributes = 'viewBox="0 0 24 24"') =>
  `<svg xmlns="http://www.w3.org/2000/svg" ${attributes}>${body}</svg>`;
const size = { width: 96, height: 96 };

rendererConformance('svgRenderer', {
  make: () => svgRenderer(),
  drawing: drawn('<circle cx="12" cy="12" r="9" fill="teal"/><text x="4" y="14" font-size="6">Abc</text>'),
  other: drawn('<rect x="4" y="4" width="9" height="16" fill="crimson"/>'),
  broken: { code: drawn('\n<g>\n'), outcome: 'invalid-markup', line: 3 },
  blank: drawn('<rect width="30" height="30" fill="navy"/>'),
  // A turbulence of this size keeps one core busy for seconds.
  slow: drawn(
    `<filter id="f" x="0" y="0" width="1" height="1">${'<feTurbulence baseFrequency=".9" numOctaves="40"/>'.repeat(60)}</filter><rect width="24" height="24" filter="url(#f)"/>`,
  ),
  size: { width: 480, height: 480 },
});

describe('svgRenderer', () => {
  const renderer = svgRenderer({ workers: 2 });
  afterAll(() => renderer.close());
  const render = (code: string, at: { width: number; height: number } | undefined = size) =>
    renderer.render({ code, size: at });
  const pixel = async (code: string, x: number, y: number, at = size) => {
    const { picture } = rendered(await render(code, at));
    const { data } = await sharp(picture.png)
      .extract({ left: x, top: y, width: 1, height: 1 })
      .raw()
      .toBuffer({ resolveWithObject: true });
    return [...data];
  };
  const square = '<rect width="24" height="24" fill="red"/>';

  it('draws at exactly the size asked for, the drawing centred on white as its viewBox says', async () => {
    const wide = { width: 200, height: 100 };
    expect(rendered(await render(drawn(square), wide)).picture).toMatchObject(wide);
    expect(await pixel(drawn(square), 10, 50, wide)).toEqual([255, 255, 255]);
    expect(await pixel(drawn(square), 100, 50, wide)).toEqual([255, 0, 0]);
  });

  it('honours preserveAspectRatio', async () => {
    const stretched = drawn(square, 'viewBox="0 0 25 24" preserveAspectRatio="none"');
    expect(await pixel(stretched, 10, 50, { width: 200, height: 100 })).toEqual([255, 0, 0]);
  });

  it('scales a drawing that has a size and no viewBox', async () => {
    const sized = drawn('<rect width="10" height="24" fill="red"/>', 'width="24" height="24"');
    expect(await pixel(sized, 35, 90)).toEqual([255, 0, 0]);
    expect(await pixel(sized, 50, 90)).toEqual([255, 255, 255]);
  });

  it('has its own size where none is asked for', async () => {
    const own = drawn('<rect width="1" height="1"/>', 'width="40" height="20"');
    expect(rendered(await renderer.render({ code: own })).picture).toMatchObject({ width: 40, height: 20 });
  });

  it('adds namespaces that the author forgot', async () => {
    const code =
      '<svg viewBox="0 0 24 24"><g id="a"><path d="M0 0h9v9z"/></g><use xlink:href="#a" x="9"/></svg>';
    rendered(await render(code));
  });

  it('takes a prolog with white space before it, the usual document type, comments and CDATA', async () => {
    const code = `\n  <?xml version="1.0" encoding="ISO-8859-1"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<!-- made by hand -->${drawn('<style><![CDATA[ g > rect { fill: red } ]]></style><g><rect width="24" height="24"/></g><path d="M0 0h9v9z"/>')}`;
    expect(await pixel(code, 90, 90)).toEqual([255, 0, 0]);
  });

  it('counts lines from the first line of the code, whatever stands before the root', async () => {
    const code = `\n\n<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg">\n<g></svg>`;
    expect(failed(await render(code)).line).toBe(5);
  });

  it('says that the root is not svg', async () => {
    expect(failed(await render('<html><body/></html>'))).toMatchObject({
      outcome: 'invalid-markup',
      line: 1,
    });
    expect(failed(await render('print("hello")')).outcome).toBe('invalid-markup');
  });

  it('writes text with pinned fonts: Arial is its metric equivalent', async () => {
    const text = (family: string) =>
      drawn(`<text x="1" y="12" font-size="7" font-family="${family}">Agy</text>`);
    const digest = async (family: string) => rendered(await render(text(family))).picture.digest;
    expect(await digest('Arial')).toBe(await digest('Liberation Sans'));
    expect(await digest('Times New Roman')).not.toBe(await digest('Arial'));
  });

  it('knows the generic families, wherever they are named', async () => {
    const digest = async (attributes: string) => {
      const code = drawn(`<text x="1" y="12" font-size="7" ${attributes}>Agy</text>`);
      return rendered(await render(code)).picture.digest;
    };
    const [sans, serif, mono] = await Promise.all(
      ['Liberation Sans', 'Liberation Serif', 'Liberation Mono'].map((name) =>
        digest(`font-family="${name}"`),
      ),
    );
    expect(new Set([sans, serif, mono]).size).toBe(3);
    expect(await digest('font-family="serif"')).toBe(serif);
    expect(await digest('font-family="Fraktur, monospace"')).toBe(mono);
    expect(await digest('style="font-family: Monospace"')).toBe(mono);
    expect(await digest('style="font: 7px/1.2 serif; fill: black"')).toBe(serif);
    expect(await digest('style="font: italic bold 9px Arial"')).toBe(
      await digest('style="font-style: italic; font-weight: bold; font-size: 9px; font-family: Arial"'),
    );
    expect(await digest('font-family="sans-serif"')).toBe(sans);
    expect(await digest('font-family="DejaVu Serif, sans-serif"')).toBe(sans);
  });

  it('gives each of many drawings its right picture although processes are killed in the middle', async () => {
    const before = new Set(await children());
    const many = svgRenderer({ workers: 2 });
    try {
      const code = (n: number) => drawn(`<circle cx="12" cy="12" r="${1 + n}"/>`);
      const digest = async (n: number) => rendered(await many.render({ code: code(n), size })).picture.digest;
      const alone = [await digest(0), await digest(1), await digest(2)];
      const running = Array.from({ length: 200 }, (_, n) => digest(n % 3));
      let kills = 0;
      for (const at of [20, 100]) {
        await running[at];
        for (const pid of await children()) {
          // Those of the drawings, not of the other tests.
          if (!before.has(pid) && killed(pid)) kills += 1;
        }
      }
      expect(await Promise.all(running)).toEqual(running.map((_, n) => alone[n % 3]));
      expect(kills).toBeGreaterThan(1);
    } finally {
      await many.close();
    }
  });

  it('keeps a raster that is embedded, and says so', async () => {
    const png = await sharp({ create: { width: 4, height: 4, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    const image = `<image width="12" height="12" href="data:image/png;base64,${png.toString('base64')}"/>`;
    const { hacks } = rendered(await render(drawn(image)));
    expect(hacks).toMatchObject([{ kind: 'embedded-raster', message: expect.stringContaining('line 1') }]);
    expect(await pixel(drawn(image), 20, 20)).toEqual([255, 0, 0]);
  });
});
