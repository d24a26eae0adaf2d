import { expect, test } from 'vitest';
import { highlight } from '../../web/lib/highlight.ts';
import { lineDiff } from '../../web/lib/line-diff.ts';
import { visible } from '../../web/lib/visible.ts';
import { chartCode } from '../support/chart-code.ts';
import { hostile } from '../support/sample-run.ts';

const textOf = (lines: ReturnType<typeof highlight>) =>
  lines.map((tokens) => tokens.map(({ text }) => text).join('')).join('\n');

test.each(['matplotlib', 'svg', 'html', 'markdown', 'vega-lite', 'unknown'])(
  'highlighting %s keeps every character',
  (language) => {
    const code = `${chartCode()}<table><tr><td>1</td></tr></table>\n# a **b**\n${hostile}`;
    expect(textOf(highlight(code, language))).toBe(code);
  },
);

test('a token that spans lines is cut at their ends', () => {
  const lines = highlight('"""one\ntwo"""\nx = 1\n', 'matplotlib');
  expect(lines).toHaveLength(3);
  expect(lines[0]).toEqual([{ text: '"""one', scope: 'hljs-string' }]);
  expect(lines[1]).toEqual([{ text: 'two"""', scope: 'hljs-string' }]);
});

test('very long code is shown plain instead of stalling the page', () => {
  const lines = highlight('x = 1\n'.repeat(40_000), 'matplotlib');
  expect(lines).toHaveLength(40_000);
  expect(lines.every((tokens) => tokens.every(({ scope }) => scope === ''))).toBe(true);
});

test('a diff numbers both sides and folds what is unchanged', () => {
  const older = chartCode({ values: [36, 31] });
  const rows = lineDiff(older, chartCode());
  const changed = rows?.filter(({ kind }) => kind === 'added' || kind === 'removed');
  expect(changed).toMatchObject([
    { kind: 'removed', older: 9, newer: null },
    { kind: 'added', older: null, newer: 9 },
  ]);
  expect(rows?.[0]).toEqual({ kind: 'gap', hidden: 5 });
  const shown = rows?.filter(({ kind }) => kind !== 'gap').length ?? 0;
  const hidden = rows?.reduce((sum, row) => sum + (row.kind === 'gap' ? row.hidden : 0), 0);
  expect(shown - 1 + (hidden ?? 0)).toBe(older.trimEnd().split('\n').length);
});

test('within a changed line only the changed words are marked', () => {
  const line = 'ax.set_title("Revenue by region")';
  const added = lineDiff('ax.set_title("Revenue by year")\n', `${line}\n`)?.find(
    ({ kind }) => kind === 'added',
  );
  const marks = added?.kind === 'added' ? added.marks : [];
  expect(marks.map(([from, to]) => line.slice(from, to))).toEqual(['region']);
});

test('equal code has nothing but a gap; unlike code of great length gives up in time', () => {
  expect(lineDiff('a\nb\n', 'a\nb\n')).toEqual([{ kind: 'gap', hidden: 2 }]);
  const noise = (seed: number) => Array.from({ length: 30_000 }, (_, at) => `${seed}:${at}`).join('\n');
  expect(lineDiff(noise(1), noise(2))).toBeNull();
});

test('characters that would turn the direction of the text are shown by name', () => {
  expect(visible('a\u202eb\u0000c\td\n')).toBe('a⟨U+202E⟩b␀c\td\n');
  expect(visible(chartCode())).toBe(chartCode());
});
