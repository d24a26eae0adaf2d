import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { olmOcrAverage, olmOcrTable } from '../../metrics/olmocr-table.ts';
import { normaliseTable } from '../../metrics/table/normalise.ts';
import { pageEditDistance, tableEditDistance } from '../../metrics/table-edit-distance.ts';

const table = (rows: readonly (readonly string[])[]) =>
  `<table>${rows.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('')}</table>`;
const wrapped = (inside: string) => `<html><body><table border="1" >${inside}</table></body></html>`;

describe('OmniDocBench normalisation', () => {
  // Each expected string was computed with normalized_html_table of open-compass/VLMEvalKit.
  test.for([
    [
      'headings and attributes',
      '<table class="x" style=\'a\'><thead><tr><th align="left">A &amp; B</th><th>x<sup>2</sup></th></tr></thead></table>',
      '<tr><td>A & B</td><td>x2</td></tr>',
    ],
    ['full-width digits, ligatures', '<table><tr><td>１２ ﬁ</td></tr></table>', '<tr><td>12 fi</td></tr>'],
    [
      'mathematics',
      '<table><tr><td><math alttext="a^2"><mi>a</mi></math> <span style="c">t</span><br></td></tr></table>',
      '<tr><td>$a^2$ t<br/></td></tr>',
    ],
    ['spans', '<table><tr><td colspan="2">a</td></tr></table>', '<tr><td colspan="2">a</td></tr>'],
    [
      'paragraphs and columns',
      '<table><colgroup><col width="3"></colgroup><tr><td><p>a</p><div>b</div></td></tr></table>',
      '<tr><td>ab</td></tr>',
    ],
    [
      'white space between rows',
      '<table>\n <tbody>\n<tr><td>a   b</td></tr>\n</tbody></table>',
      '<tr><td>a b</td></tr>',
    ],
    ['entities', '<table><tr><td>1&nbsp;&lt;2</td></tr></table>', '<tr><td>1 <2</td></tr>'],
  ] as const)('%s', ([, html, expected]) => {
    expect(normaliseTable(html)).toBe(wrapped(expected));
  });

  test('a text without a table is empty', () => {
    expect(normaliseTable('no | table here')).toBe('');
  });

  test('a Markdown table is the same as its HTML', () => {
    const markdown = 'Before.\n\n| a | b |\n|---|:-:|\n| 1 | x \\| y |\n\nAfter.';
    expect(normaliseTable(markdown)).toBe(
      normaliseTable(
        table([
          ['a', 'b'],
          ['1', 'x | y'],
        ]),
      ),
    );
  });
});

describe('table edit distance', () => {
  test('counts characters over the longer length', () => {
    const [a, b] = [table([['abc']]), table([['abcd']])];
    const length = normaliseTable(b).length;
    expect(tableEditDistance(a, b)).toMatchObject({ value: 1 / length, parts: { edits: 1, length } });
  });

  test('equal is 0, symmetric, at most 1, and grows with damage', () => {
    const grid = fc.array(fc.array(fc.stringMatching(/^[a-z]{1,5}$/), { minLength: 2, maxLength: 2 }), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(grid, grid, (a, b) => {
        expect(tableEditDistance(table(a), table(a)).value).toBe(0);
        const there = tableEditDistance(table(a), table(b)).value;
        expect(there).toBe(tableEditDistance(table(b), table(a)).value);
        expect(there).toBeLessThanOrEqual(1);
        const damaged = a.map((row) => row.map(() => '#######'));
        expect(tableEditDistance(table(damaged), table(a)).value).toBeGreaterThan(0);
      }),
    );
  });

  test('no table at all is a full distance, two texts without one are equal', () => {
    expect(tableEditDistance('', table([['a']])).value).toBe(1);
    expect(tableEditDistance('', 'nothing').value).toBe(0);
  });

  test('pages count alike, whatever the number of their tables', () => {
    const half = tableEditDistance(table([['abc']]), table([['abcd']]));
    const none = tableEditDistance(table([['x']]), table([['x']]));
    const score = pageEditDistance([
      { page: 'one', score: none },
      { page: 'one', score: none },
      { page: 'two', score: half },
    ]);
    expect(score.value).toBeCloseTo(half.value / 2, 12);
  });

  test('tables of 10,000 cells and hostile markup end', () => {
    const rows = Array.from({ length: 500 }, (_, y) => Array.from({ length: 20 }, (_, x) => `${y * x}`));
    const other = rows.map((row) => row.map((cell) => `${cell}1`));
    expect(tableEditDistance(table(rows), table(other)).value).toBeGreaterThan(0);
    expect(tableEditDistance(`<table>${'<td>'.repeat(50_000)}`, table([['a']])).value).toBeLessThanOrEqual(1);
  });
});

describe('olmOCR table tests', () => {
  const spanned = `<table>
    <thead><tr><th rowspan="2">Fruit</th><th colspan="2">Price</th></tr><tr><th>Old</th><th>New</th></tr></thead>
    <tbody><tr><td>Apple</td><td>1.00</td><td>1.20</td></tr><tr><td>Pear</td><td colspan="2">2.00</td></tr></tbody>
  </table>`;
  test.for([
    ['right', { cell: 'Apple', right: '1.00' }, 1],
    ['right across a span', { cell: 'Pear', right: '2.00' }, 1],
    ['up from a spanning cell, either of two', { cell: '2.00', up: '1.20' }, 1],
    ['the top heading', { cell: '1.20', top_heading: 'Price' }, 1],
    ['not the wrong heading', { cell: '1.20', top_heading: 'Old' }, 0],
    ['without marked headings, the leftmost cell', { cell: '1.20', left_heading: 'Apple' }, 1],
    ['down', { cell: 'New', down: '1.20' }, 1],
    ['left', { cell: 'New', left: 'Old' }, 1],
    ['a cell that is not there', { cell: 'Plum' }, 0],
    ['differences that are allowed', { cell: 'Apples', max_diffs: 1, right: '1.00' }, 1],
    ['all relations at once', { cell: '1.00', left: 'Apple', up: 'Old', right: '1.20', down: '2.00' }, 1],
    ['one of them wrong', { cell: '1.00', left: 'Apple', up: 'New' }, 0],
  ] as const)('%s', ([, wanted, value]) => {
    expect(olmOcrTable(spanned, wanted).value).toBe(value);
  });

  test('Markdown tables count, unless the test says not', () => {
    const markdown = '| Fruit | Price |\n|---|---|\n| **Apple** | “1—2” |';
    const wanted = { cell: 'Apple', right: '"1-2"', top_heading: 'Fruit' };
    expect(olmOcrTable(markdown, wanted).value).toBe(1);
    expect(olmOcrTable(markdown, { ...wanted, ignore_markdown_tables: true }).value).toBe(0);
  });

  test('files count alike in the average', () => {
    const pass = olmOcrTable(spanned, { cell: 'Apple' });
    const fail = olmOcrTable(spanned, { cell: 'Plum' });
    const tests = [pass, fail, fail, fail].map((score, i) => ({
      file: i === 0 ? 'a.jsonl' : 'b.jsonl',
      score,
    }));
    expect(olmOcrAverage(tests)).toMatchObject({ value: 0.5, parts: { 'a.jsonl': 1, 'b.jsonl': 0 } });
  });

  test('spans as large as a number can be end', () => {
    const hostile = `<table>${'<tr><td rowspan="999999999" colspan="999999999">a</td></tr>'.repeat(50)}</table>`;
    expect(olmOcrTable(hostile, { cell: 'a' }).value).toBe(1);
    expect(olmOcrTable(`${'| a '.repeat(20_000)}|\n|-|`, { cell: 'b' }).value).toBe(0);
  });
});
