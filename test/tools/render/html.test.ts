import sharp from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../../../tools/render/browser.ts';
import { htmlRenderer } from '../../../tools/render/html.ts';
import { failed, rendered, rendererConformance } from '../../conformance/renderer.ts';

rendererConformance('htmlRenderer', {
  make: () => htmlRenderer({ browser: openBrowser() }),
  drawing: '<table><tr><th>Year</th><th>Sum</th></tr><tr><td>2024</td><td>17.5</td></tr></table>',
  other: '<table><tr><td colspan="2">Head</td></tr><tr><td>a</td><td>b</td></tr></table>',
  broken: { code: '<p>no table here</p>', outcome: 'invalid-markup' },
  blank: '<table><tr><td style="border: 0"></td></tr></table>',
  // Some hundred thousand cells take the layout engine seconds.
  slow: `<table>${`<tr>${'<td>1'.repeat(60)}`.repeat(3000)}</table>`,
});

describe('htmlRenderer', () => {
  const renderer = htmlRenderer({ browser: openBrowser({ workers: 1 }) });
  afterAll(() => renderer.close());
  const picture = async (code: string) => rendered(await renderer.render({ code })).picture;
  const pixel = async (png: Uint8Array, left: number, top: number) => [
    ...(await sharp(png).extract({ left, top, width: 1, height: 1 }).raw().toBuffer()),
  ];
  const table = '<table><tr><th>Year</th><th>Sum</th></tr><tr><td>2024</td><td>17.5</td></tr></table>';
  const cell = (style: string) =>
    `<table><tr><td style="width: 100px; height: 50px; ${style}"></td></tr></table>`;

  it('draws the table style of the baseline, cropped to the ink and 12 px', async () => {
    // 100 x 50 of content, 10 and 6 px of padding, and a border of 1 px, half of it in the cell.
    const { png, width, height } = await picture(cell(''));
    expect([width, height]).toEqual([100 + 20 + 2 + 24, 50 + 12 + 2 + 24]);
    expect(await pixel(png, 11, 11)).toEqual([255, 255, 255]);
    expect(await pixel(png, 12, 12)).toEqual([0x33, 0x33, 0x33]);
    expect(await pixel(png, 13, 13)).toEqual([255, 255, 255]);
    expect(await pixel(png, width - 13, height - 13)).toEqual([0x33, 0x33, 0x33]);
  });

  it("lets the author's own style win, inline and in a style element", async () => {
    expect(await pixel((await picture(cell('background: #abcdef'))).png, 40, 40)).toEqual([0xab, 0xcd, 0xef]);
    const styled = `<style>td { border: 5px solid red }</style>${cell('')}`;
    expect(await pixel((await picture(styled)).png, 12, 12)).toEqual([255, 0, 0]);
  });

  it('takes a whole document for what its body holds', async () => {
    const whole = `<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>T</title></head><body>${table}</body></html>`;
    expect((await picture(whole)).digest).toBe((await picture(table)).digest);
  });

  it('gives a table of full width the width that it needs', async () => {
    const full = table.replace('<table>', '<table width="100%" style="width: 100%">');
    expect((await picture(full)).digest).toBe((await picture(table)).digest);
  });

  it('keeps hairlines and faint ink', async () => {
    const faint =
      '<table><tr><td style="border: 0; border-left: 1px solid #fefefe; height: 30px; padding: 0"></td></tr></table>';
    expect(await picture(faint)).toMatchObject({ width: 1 + 24, height: 30 + 24 });
  });

  it('draws tables larger than its window whole', async () => {
    const row = (n: number) => `<tr>${'<td>wide cell</td>'.repeat(30)}<td>${n}</td></tr>`;
    const large = await picture(`<table>${Array.from({ length: 60 }, (_, n) => row(n)).join('')}</table>`);
    expect(large.width).toBeGreaterThan(2_000);
    expect(large.height).toBeGreaterThan(1_500);
    expect(await pixel(large.png, large.width - 13, large.height - 13)).toEqual([0x33, 0x33, 0x33]);
  });

  it('crops to the ink on a ground of another colour', async () => {
    const { png, width, height } = await picture(`<style>body { background: #eef }</style>${cell('')}`);
    expect([width, height]).toEqual([146, 88]);
    expect(await pixel(png, 0, 0)).toEqual([0xee, 0xee, 0xff]);
  });

  it('keeps a picture that is embedded, and says so', async () => {
    const png = await sharp({ create: { width: 4, height: 4, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    const image = `<img width="50" height="50" src="data:image/png;base64,${png.toString('base64')}">`;
    const result = rendered(await renderer.render({ code: `<table><tr><td>${image}</td></tr></table>` }));
    expect(result.hacks).toMatchObject([{ kind: 'embedded-raster' }]);
    expect(await pixel(result.picture.png, 40, 40)).toEqual([255, 0, 0]);
  });

  it('names the limit that a table exceeds', async () => {
    const small = htmlRenderer({ browser: openBrowser({ maxPixels: 1_000_000, maxBytes: 5_000 }) });
    try {
      const high = failed(await small.render({ code: cell('height: 3000px') }));
      expect(high).toMatchObject({ outcome: 'output-limit', message: expect.stringContaining('1000000') });
      const long = failed(await small.render({ code: table.repeat(100) }));
      expect(long).toMatchObject({ outcome: 'output-limit', message: expect.stringContaining('5000 bytes') });
    } finally {
      await small.close();
    }
  });
});
