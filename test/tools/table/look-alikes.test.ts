import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alphabetOf } from '../../../agents/embedded/table/alphabet.ts';
import { pixelsOf } from '../../../tools/image/pixels.ts';
import { openBrowser } from '../../../tools/render/browser.ts';
import { htmlRenderer } from '../../../tools/render/html.ts';
import type { Letter } from '../../../tools/table/letters.ts';
import { lookAlikes } from '../../../tools/table/look-alikes.ts';
import { type Structure, structureOf } from '../../../tools/table/structure.ts';
import { rendered } from '../../conformance/renderer.ts';

const texts = ['Method', 'Score', 'k-NN', '€1,590.91', 'Kraków', '104.84', 'Oslo', '50.80'];
const renderer = htmlRenderer({ browser: openBrowser() });
let structure: Structure | undefined;
let alphabet: ReadonlyMap<string, Letter> = new Map();
beforeAll(async () => {
  const rows = [0, 2, 4, 6].map((row) => `<tr><td>${texts[row]}</td><td>${texts[row + 1]}</td></tr>`);
  const code = `<table style="font:14px Arial">${rows.join('')}</table>`;
  const { picture } = rendered(await renderer.render({ code }));
  structure = await structureOf(await pixelsOf(picture));
  alphabet = await alphabetOf({ css: 'Arial, sans-serif', em: 14 }, { bold: false }, renderer);
});
afterAll(() => renderer.close());

function respelt(read: readonly string[]): Record<string, string> {
  if (!structure) throw new Error('The table was not found.');
  const found = lookAlikes({ ...structure.scan, alphabet }, structure.cells, read);
  return Object.fromEntries(found.map(({ cell, text }) => [read[cell] ?? '', text]));
}
const misread = (right: string, wrong: string) =>
  respelt(texts.map((text) => (text === right ? wrong : text)));

describe('letters that look as others do in the font of the table', () => {
  it('are found to be those, with accents kept', () => {
    expect(misread('€1,590.91', '€1,590.94')).toEqual({ '€1,590.94': '€1,590.91' });
    expect(misread('Kraków', 'Krakéw')).toEqual({ Krakéw: 'Kraków' });
    expect(misread('50.80', '60.80')).toEqual({ '60.80': '50.80' });
  });

  it('are told in bold by a bold alphabet, capitals from small letters too', async () => {
    const code =
      '<table style="font:bold 19px \'Courier New\'"><tr><td>City</td><td>Zone</td></tr><tr><td>Site</td><td>Oslo</td></tr></table>';
    const { picture } = rendered(await renderer.render({ code }));
    const seen = await structureOf(await pixelsOf(picture));
    if (!seen) throw new Error('The table was not found.');
    const font = { css: "'Courier New', monospace", em: 19 };
    const bold = await alphabetOf(font, { bold: true }, renderer);
    const found = lookAlikes({ ...seen.scan, alphabet: bold }, seen.cells, ['city', 'Zone', 'Site', 'oslo']);
    expect(found.map(({ text }) => text)).toEqual(['City', 'Oslo']);
  });

  it('are left alone where they were read rightly', () => expect(respelt(texts)).toEqual({}));

  it('are left alone where more of a word is odd than one letter: it was cut otherwise than it was read', () => {
    expect(misread('Oslo', 'Kiel')).toEqual({});
    expect(misread('Oslo', 'Osio bay')).toEqual({});
  });

  it('are never a comma for a point, which differ by too little', () => {
    expect(misread('104.84', '104,84')).toEqual({});
  });
});
