import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { teds } from '../../metrics/teds.ts';

const golden = z
  .object({
    cases: z.array(
      z.object({
        id: z.string(),
        pred: z.string(),
        true: z.string(),
        teds: z.number(),
        tedsStructure: z.number(),
      }),
    ),
  })
  .parse(JSON.parse(readFileSync(new URL('../fixtures/golden/teds.json', import.meta.url), 'utf8')));

const page = (rows: readonly (readonly string[])[]) =>
  `<html><body><table>${rows.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('')}</table></body></html>`;

const grid = fc.integer({ min: 1, max: 5 }).chain((columns) =>
  fc.array(fc.array(fc.stringMatching(/^[a-c0-9 ]{0,6}$/), { minLength: columns, maxLength: columns }), {
    minLength: 1,
    maxLength: 5,
  }),
);

test.for(golden.cases.map((item) => [item.id, item] as const))('golden: %s', ([, item]) => {
  expect(Math.abs(teds(item.pred, item.true).value - item.teds)).toBeLessThan(1e-9);
  const structure = teds(item.pred, item.true, { structureOnly: true });
  expect(Math.abs(structure.value - item.tedsStructure)).toBeLessThan(1e-9);
});

test('golden: the reference-compatible switch changes nothing on whole documents', () => {
  for (const item of golden.cases) {
    const switched = teds(item.pred, item.true, { referenceCompatible: true });
    expect(switched.value).toBe(teds(item.pred, item.true).value);
  }
});

test('a bare table counts, unless the reference script is followed', () => {
  const bare = '<table><tr><td>1</td></tr></table>';
  expect(teds(bare, bare).value).toBe(1);
  expect(teds(bare, bare, { referenceCompatible: true })).toMatchObject({ value: 0 });
});

test('equal tables score 1, and the order of the two does not matter', () => {
  fc.assert(
    fc.property(grid, grid, (a, b) => {
      expect(teds(page(a), page(a)).value).toBe(1);
      expect(teds(page(a), page(b)).value).toBeCloseTo(teds(page(b), page(a)).value, 12);
      expect(teds(page(a), page(b)).value).toBeLessThanOrEqual(1);
      expect(teds(page(a), page(b)).value).toBeGreaterThan(-1);
    }),
  );
});

test('each further cell that is damaged lowers the score', () => {
  fc.assert(
    fc.property(grid, (rows) => {
      const scores = [teds(page(rows), page(rows)).value];
      const damaged = rows.map((row) => [...row]);
      for (const row of damaged) {
        for (let column = 0; column < row.length; column++) {
          row[column] = '#######';
          scores.push(teds(page(damaged), page(rows)).value);
        }
      }
      for (let i = 1; i < scores.length; i++) expect(scores[i]).toBeLessThan(scores[i - 1] ?? 0);
    }),
    { numRuns: 40 },
  );
});

test('spans are structure: they lower TEDS-S too, contents do not', () => {
  const one = page([['a', 'b']]);
  const spanned = one.replace('<td>', '<td colspan="2">');
  const other = page([['x', 'y']]);
  expect(teds(spanned, one, { structureOnly: true }).value).toBeLessThan(1);
  expect(teds(other, one, { structureOnly: true }).value).toBe(1);
  expect(teds(other, one).value).toBeLessThan(1);
});

test.for([
  ['nothing', ''],
  ['no table', '<p>There is no table here.</p>'],
  ['text alone', '2 < 3 && 4 > 1'],
])('a prediction with %s scores 0', ([, html = '']) => {
  expect(teds(html, page([['a']]))).toMatchObject({
    value: 0,
    explanation: expect.stringContaining('prediction'),
  });
});

test('two empty tables are equal', () => {
  expect(teds('<table></table>', '<table></table>').value).toBe(1);
});

test('malformed HTML never throws and scores at most 1', () => {
  const piece = fc.constantFrom(
    '<table>',
    '</table>',
    '<tr>',
    '</tr>',
    '<td>',
    '</td>',
    '<th colspan=x>',
    '<td rowspan="-9">',
    '<b>',
    '</i>',
    '<thead>',
    '</thead>',
    '<!-- ',
    '-->',
    '<',
    '&nbsp;',
    '&#x110000;',
    'text',
    '\u0000',
    '<td colspan="1e9">',
    '<script>',
    '<br/>',
  ); // prettier-ignore
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const html = `<table>${pieces.join('')}`;
      expect(teds(html, page([['a', 'b']])).value).toBeLessThanOrEqual(1);
      expect(teds(html, html).value).toBe(1);
    }),
  );
});

test('nesting of any depth ends', () => {
  const deep = `<table><tr><th>${'<b>x<i>'.repeat(20_000)}</table>`;
  const score = teds(deep, page([['a']]));
  expect(score.value).toBeLessThan(0.01);
  expect(teds(deep, deep).value).toBe(1);
});

test('tables of 10,000 cells are compared: equal, damaged here and there, and with rows left out', () => {
  const rows = Array.from({ length: 500 }, (_, y) => Array.from({ length: 20 }, (_, x) => `${y}.${x}`));
  const damaged = rows.map((row, y) => (y === 250 ? row.map(() => 'wrong') : row));
  expect(teds(page(rows), page(rows)).value).toBe(1);
  expect(teds(page(damaged), page(rows)).value).toBeCloseTo(1 - 20 / 10_500, 3);
  expect(teds(page(rows.slice(3)), page(rows)).value).toBeCloseTo(1 - 63 / 10_500, 9);
});

test('a comparison above the limit is not begun and says so', () => {
  const rows = Array.from({ length: 40 }, (_, y) => Array.from({ length: 40 }, (_, x) => `${y * x}`));
  const score = teds(page(rows), page(rows.map((row) => row.toReversed())), { maxOperations: 1000 });
  expect(score).toMatchObject({ value: 0, explanation: expect.stringContaining('1000') });
});
