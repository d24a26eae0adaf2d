import { afterAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../../../tools/render/browser.ts';
import { htmlRenderer } from '../../../tools/render/html.ts';
import { markdownRenderer } from '../../../tools/render/markdown.ts';
import { failed, rendered, rendererConformance } from '../../conformance/renderer.ts';

rendererConformance('markdownRenderer', {
  make: () => markdownRenderer({ browser: openBrowser() }),
  drawing: '| Year | Sum |\n| --- | ---: |\n| 2024 | 17.5 |\n',
  other: '| a | b |\n| - | - |\n| c | **d** |\n',
  broken: { code: '# A heading\n\nand no table.', outcome: 'invalid-markup' },
});

describe('markdownRenderer', () => {
  const browser = openBrowser({ workers: 1 });
  const markdown = markdownRenderer({ browser });
  const html = htmlRenderer({ browser });
  const strict = markdownRenderer({ browser, timeout: 1_000 });
  afterAll(() => Promise.all([strict.close(), markdown.close()]));
  const digest = async (code: string, renderer = markdown) =>
    rendered(await renderer.render({ code })).picture.digest;

  it('draws what the same table in HTML draws', async () => {
    const same = `<table><thead><tr><th>Year</th><th align="right">Sum</th></tr></thead>
      <tbody><tr><td>2024</td><td align="right"><strong>17</strong> <del>5</del> a|b</td></tr></tbody></table>`;
    const code = '| Year | Sum |\n| --- | ---: |\n| 2024 | **17** ~~5~~ a\\|b |\n';
    expect(await digest(code)).toBe(await digest(same, html));
  });

  it('takes HTML with spans inside Markdown', async () => {
    const spans =
      '<table><tr><td rowspan="2">a</td><td colspan="2">b</td></tr><tr><td>c</td><td>d</td></tr></table>';
    expect(await digest(`${spans}\n`)).toBe(await digest(spans, html));
  });

  it('does not run what it holds', async () => {
    const table = '| a |\n| - |\n| b |\n';
    const script = `${table}\n<script>document.body.textContent = ""</script>\n`;
    expect(await digest(script)).toBe(await digest(table));
  });

  it.each([
    ['quotes that nest ten thousand deep', `${'> '.repeat(10_000)}x`],
    [
      'lists that nest ten thousand deep',
      Array.from({ length: 1_000 }, (_, n) => `${'  '.repeat(n)}- x`)
        .join('\n')
        .slice(0, 500_000),
    ],
    ['brackets without end', '['.repeat(100_000)],
    ['emphasis without end', '*_'.repeat(100_000)],
    ['a table of more bytes than are allowed', '| a '.repeat(200_000)],
  ])('ends with a named failure: %s', async (_name, code) => {
    const { outcome } = failed(await strict.render({ code }));
    expect(['output-limit', 'timeout', 'memory', 'invalid-markup']).toContain(outcome);
    rendered(await strict.render({ code: '| a |\n| - |\n| b |\n' }));
  });
});
