import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extractCode } from '../../../agents/lvlm/extract.ts';
import { languageOf, taskNamed } from '../../../core/tasks/index.ts';

const python = languageOf(taskNamed('chart'));
const svg = languageOf(taskNamed('svg'));
const html = languageOf(taskNamed('table'), 'html');
const markdown = languageOf(taskNamed('table'), 'markdown');

const script =
  'import matplotlib.pyplot as plt\n\nfor y in (1, 2):\n    plt.axhline(y)\nplt.savefig("a.png")';
const icon = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M1 1h6"/></svg>';
const table = '<table><tr><td>1</td></tr></table>';
const pipes = '| a | b |\n| - | - |\n| 1 | 2 |';
const fence = (code: string, info = '', mark = '```') => `${mark}${info}\n${code}\n${mark}`;

describe('code in a fence', () => {
  it.each<[string, string]>([
    ['alone', fence(script, 'python')],
    ['with words around it', `Here is the script:\n\n${fence(script, 'python')}\n\nIt draws two lines.`],
    ['with another name of the language', fence(script, 'py')],
    ['with a name in capitals', fence(script, 'Python')],
    ['with attributes', fence(script, 'python title="chart.py"')],
    ['without a name', fence(script)],
    ['of tildes', fence(script, 'python', '~~~')],
    ['of four backticks', fence(script, 'python', '````')],
    ['inside a list', `1. The script:\n${fence(script, 'python').replace(/^/gm, '   ')}`],
    ['behind words on the line', `Sure! Here: ${fence(script, 'python')}`],
    ['that ends behind the last line', `\`\`\`python\n${script}\`\`\``],
    ['with CRLF line ends', fence(script, 'python').replaceAll('\n', '\r\n')],
    ['inside a Markdown document', fence(`# Result\n${fence(script, 'python')}`, 'markdown', '````')],
    ['of the wrong name, where there is no other', fence(script, 'text')],
    [
      'after thoughts',
      `<think>\n${fence('import matplotlib\nplt.draft()', 'python')}\n</think>\n${fence(script, 'python')}`,
    ],
    ['after thoughts without a begin mark', `Let me see.\n</think>\n\n${fence(script, 'python')}`],
    ['inside thoughts that never end', `<think>\nLet me see.\n${fence(script, 'python')}`],
    ['before a thought that never ends', `${fence(script, 'python')}\n<think>Is it right?`],
    [
      'after an earlier version',
      `${fence('import matplotlib\nold()', 'python')}\nBetter:\n${fence(script, 'python')}`,
    ],
    [
      'after a version whose fence never closed',
      `\`\`\`python\nimport matplotlib\nold()\n${fence(script, 'python')}`,
    ],
    [
      'before the command that runs it',
      `${fence(script, 'python')}\nRun:\n${fence('python chart.py', 'bash')}`,
    ],
    [
      'before an install line in a fence of its own language',
      `${fence(script, 'python')}\n${fence('pip install x', 'python')}`,
    ],
    ['before an empty fence', `${fence(script, 'python')}\n${fence('', 'python')}`],
  ])('%s', (_, reply) => {
    expect(extractCode(reply, python)).toEqual({ code: `${script}\n`, truncated: false });
  });

  it('keeps the indentation of the first line', () => {
    expect(extractCode(fence('    plt.plot()\n    plt.show()', 'python'), python).code).toBe(
      '    plt.plot()\n    plt.show()\n',
    );
  });

  it.each<[string, string]>([
    ['plain', fence(icon, 'svg')],
    ['named xml', fence(`<?xml version="1.0"?>\n<!-- icon -->\n${icon}`, 'xml')],
    ['within a page', fence(`<!DOCTYPE html><html><body>\n${icon}\n</body></html>`, 'html')],
    ['on one line', `\`\`\`svg ${icon} \`\`\``],
    ['on the line of the fence', `\`\`\`svg ${icon}\n\`\`\``],
    ['after Python that is no SVG', `${fence('print("<b>")', 'python')}\n${fence(icon, 'svg')}`],
    ['inside another language, where there is no other', fence(`image = '''\n${icon}\n'''`, 'python')],
  ])('SVG, %s', (_, reply) => {
    expect(extractCode(reply, svg)).toEqual({ code: `${icon}\n`, truncated: false });
  });

  it('HTML and Markdown tables', () => {
    const page = `<html><style>td {color: red}</style><body>${table}\n${table}</body></html>`;
    expect(extractCode(fence(page, 'html'), html).code).toBe(`${table}\n${table}\n`);
    expect(extractCode(fence(pipes, 'markdown'), markdown).code).toBe(`${pipes}\n`);
    expect(extractCode(`${fence(pipes, 'md')}\n${fence('No pipes here', 'md')}`, markdown).code).toBe(
      `${pipes}\n`,
    );
  });
});

describe('code without a fence', () => {
  it.each<[string, string, typeof svg, string]>([
    ['SVG', `The \`<svg>\` element:\n${icon}\nDone.`, svg, icon],
    ['the last of two SVGs', `${icon.replace('M1', 'M2')}\nBetter:\n${icon}`, svg, icon],
    ['SVG within SVG', `<svg a="1"><svg b="2"></svg></svg>`, svg, '<svg a="1"><svg b="2"></svg></svg>'],
    ['an HTML table', `Here it is: ${table} Done.`, html, table],
    ['a table in capitals', table.toUpperCase(), html, table.toUpperCase()],
    ['a Markdown table', `A table:\n\n${pipes}\n\nwith a | in prose.`, markdown, pipes],
    ['Python', `Sure, here is the script.\n\n${script}`, python, script],
  ])('%s', (_, reply, language, code) => {
    expect(extractCode(reply, language)).toEqual({ code: `${code}\n`, truncated: false });
  });

  it.each([python, svg, html, markdown])('is not found in prose ($name)', (language) => {
    const prose = 'I cannot see an image.\nPlease send it again, from the start, and I will import it.';
    expect(extractCode(prose, language)).toEqual({ code: '', truncated: false });
    expect(extractCode('', language)).toEqual({ code: '', truncated: false });
  });
});

describe('code whose end is missing', () => {
  it.each<[string, string, typeof svg, string]>([
    ['in a fence', `\`\`\`python\n${script}`, python, script],
    ['in a fence, SVG', `\`\`\`svg\n${icon.slice(0, 60)}`, svg, icon.slice(0, 60)],
    ['without a fence, SVG', icon.slice(0, 60), svg, icon.slice(0, 60)],
    ['in a closed fence, SVG', fence(icon.slice(0, 60), 'svg'), svg, icon.slice(0, 60)],
    ['without a fence, HTML', '<table><tr><td>1</td>', html, '<table><tr><td>1</td>'],
  ])('%s, is taken as far as it goes', (_, reply, language, code) => {
    expect(extractCode(reply, language)).toEqual({ code: `${code}\n`, truncated: true });
  });
});

describe('whatever a model writes', () => {
  const codeLine = fc
    .stringMatching(/^[a-z0-9 =(),."'#<>/\\*_-]{0,30}$/)
    .filter((line) => !line.includes('~~~'));
  const prose = fc.stringMatching(/^[A-Za-z ,.:]{0,40}$/);

  it('its script comes out as it went in', () => {
    fc.assert(
      fc.property(
        fc.array(codeLine, { maxLength: 12 }),
        prose,
        prose,
        fc.boolean(),
        (lines, before, after, thinks) => {
          const code = ['import matplotlib', ...lines, 'plt.show()'].join('\n');
          const thought = thinks ? `<think>${before}</think>\n` : '';
          const reply = `${thought}${before}\n${fence(code, 'python')}\n${after}`;
          expect(extractCode(reply, python)).toEqual({ code: `${code}\n`, truncated: false });
        },
      ),
    );
  });

  it('takes time in proportion to its length', () => {
    const nasty = fc.constantFrom(
      '`',
      '```',
      '~~~',
      '```python\n',
      '```svg ',
      '<svg ',
      '</svg',
      '<table ',
      '</table',
      '<think>',
      '</think>',
      '|\n',
      ' ',
      '\n',
      '\t',
      '<',
      'import ',
      'from ',
      'x',
    );
    fc.assert(
      fc.property(fc.array(nasty, { minLength: 1, maxLength: 6 }), (tokens) => {
        const timeOf = (size: number) => {
          const reply = tokens.join('').repeat(size);
          // Processor time: a machine that is busy with other tests does not count.
          const began = process.cpuUsage();
          for (const language of [python, svg, html, markdown]) extractCode(reply, language);
          return process.cpuUsage(began).user / 1000;
        };
        // 32 times the text may take 32 times as long; quadratic time would be 1000 times.
        expect(timeOf(32_000)).toBeLessThan(150 * Math.max(timeOf(1000), 5));
      }),
      { numRuns: 60 },
    );
  });
});
