import { afterAll, beforeAll, expect, it } from 'vitest';
import { svgRenderer } from '../../../tools/render/svg.ts';
import { rendered } from '../../conformance/renderer.ts';
import { openWitness, pngBomb, showsSecret } from '../witness.ts';
import { hostileSvg } from './documents.ts';

const innocent = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">
  <linearGradient id="a"><stop stop-color="teal"/><stop offset="1" stop-color="gold"/></linearGradient>
  <circle cx="12" cy="12" r="9" fill="url(#a)"/><text x="5" y="14" font-size="6">Abc</text>
</svg>`;
const size = { width: 192, height: 192 };
// One worker, so that the innocent drawing comes from the very process that had the hostile one, if it lives.
const renderer = svgRenderer({ workers: 1, timeout: 2_000 });
const witness = await openWitness();
const documents = hostileSvg({ ...witness, bomb: await pngBomb() });
let expected = '';

beforeAll(async () => {
  expected = rendered(await renderer.render({ code: innocent, size })).picture.digest;
});
afterAll(() => Promise.all([renderer.close(), witness.close()]));

it.each(documents)('$name', async ({ code, outcome, ownSize }) => {
  const result = await renderer.render({ code, ...(ownSize ? {} : { size }) });
  const became = result.kind === 'rendered' ? result.kind : result.outcome;
  expect([outcome].flat(), JSON.stringify(result).slice(0, 300)).toContain(became);
  if (result.kind === 'rendered') expect(await showsSecret(result.picture.png)).toBe(false);
  expect(rendered(await renderer.render({ code: innocent, size })).picture.digest).toBe(expected);
});

it('no document made a request', () => {
  expect(witness.hits).toEqual([]);
});
