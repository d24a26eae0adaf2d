import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser } from '../../../tools/render/browser.ts';
import { htmlRenderer } from '../../../tools/render/html.ts';
import { rendered } from '../../conformance/renderer.ts';
import { openWitness, pngBomb, showsSecret } from '../witness.ts';
import { exhaustingHtml, reachingHtml } from './documents.ts';

const innocent = '<table><tr><th>Year</th><th>Sum</th></tr><tr><td>2024</td><td>17.5</td></tr></table>';
// One page, so that the innocent table comes from the very page that showed the hostile one, if it lives.
const renderer = htmlRenderer({ browser: openBrowser({ workers: 1, timeout: 4_000 }) });
const witness = await openWitness();
const surroundings = { ...witness, bomb: await pngBomb() };
let expected = '';

beforeAll(async () => {
  expected = rendered(await renderer.render({ code: innocent })).picture.digest;
});
afterAll(() => Promise.all([renderer.close(), witness.close()]));

it.each([...reachingHtml(surroundings), ...exhaustingHtml(surroundings)])(
  '$name',
  async ({ code, outcome }) => {
    const result = await renderer.render({ code });
    const became = result.kind === 'rendered' ? result.kind : result.outcome;
    expect([outcome].flat(), JSON.stringify(result).slice(0, 300)).toContain(became);
    if (result.kind === 'rendered') expect(await showsSecret(result.picture.png)).toBe(false);
    expect(rendered(await renderer.render({ code: innocent })).picture.digest).toBe(expected);
  },
);

it('draws a document that moves the same way each time', async () => {
  const moving = exhaustingHtml(surroundings).find(({ name }) => name.startsWith('animations'))?.code ?? '';
  const first = rendered(await renderer.render({ code: moving })).picture.digest;
  expect(rendered(await renderer.render({ code: moving })).picture.digest).toBe(first);
});

it('no document made a request', () => {
  expect(witness.hits).toEqual([]);
});
