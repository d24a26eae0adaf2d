import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { ConfigError, DatasetError } from '../../../core/errors.ts';
import { openCorrupter, operatorsFor } from '../../../datasets/corrupt/corrupt.ts';
import { Config } from '../../../runtime/config.ts';
import { openRenderers } from '../../../runtime/renderers.ts';
import { codes, languages } from './codes.ts';

const renderers = openRenderers(Config.parse({}));
const corrupter = openCorrupter({ rendererOf: (language) => renderers.of(language) });
afterAll(async () => {
  await corrupter.close();
  await renderers.close();
});

type Kind = (typeof languages)[number]['language'];

async function outcome(code: string, language: Kind, seed = 1) {
  const task = languages.find((one) => one.language === language)?.task ?? '';
  try {
    const { operators } = await corrupter.corrupt(code, { task, language, seed, count: 8, check: false });
    return operators.length;
  } catch (error) {
    if (error instanceof DatasetError) return error.message;
    throw error;
  }
}

describe('hostile code', () => {
  const deep = 20_000;
  it.each<[Kind, string, string]>([
    ['svg', 'no SVG', 'hello'],
    ['svg', 'nothing', ''],
    ['svg', 'deep nesting', `<svg viewBox="0 0 1 1">${'<g>'.repeat(deep)}<rect width="1" height="1"/>`],
    ['html', 'deep nesting', `<table>${'<tr><td><table>'.repeat(deep)}`],
    ['markdown', 'deep nesting', `| a |\n| - |\n| ${'['.repeat(deep)} |\n\n${'> '.repeat(deep)}`],
    ['matplotlib', 'deep nesting', `x = ${'['.repeat(deep)}${']'.repeat(deep)}`],
    ['matplotlib', 'a long chain', `plt.plot([1, 2, 4], [1, 2, 5])\nx = ${'1 + '.repeat(deep)}1`],
    ['matplotlib', 'a syntax error', 'plt.plot(['],
    ['matplotlib', 'a null', 'plt.title("a\0b")'],
    ['matplotlib', 'half a character', 'plt.title("\ud834 x")'],
    ['matplotlib', 'too long', `x = "${'a'.repeat(600_000)}"`],
  ])('%s: %s is a typed error or no damage', async (language, _, code) => {
    expect(await outcome(code, language)).toSatisfy((found) => found === 0 || typeof found === 'string');
  });

  it('is parsed and never run', async () => {
    const code = 'import matplotlib.pyplot as plt\nwhile True: pass\nplt.title("Some title")\n';
    expect(await outcome(code, 'matplotlib')).toBeGreaterThan(0);
  });

  it('bounds spans, and many cells', async () => {
    const wide = `<table>${'<tr><td colspan=99999 rowspan=99999>ab 12</td></tr>'.repeat(200)}</table>`;
    expect(await outcome(wide, 'html')).toBeTypeOf('number');
    const many = `<table>${`<tr>${'<td>ab 12'.repeat(100)}`.repeat(300)}</table>`;
    expect(await outcome(many, 'html')).toBe(8);
  });

  const noise = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 200 }),
    fc
      .array(
        fc.constantFrom('<table>', '<tr>', '<td>', '</td>', '1.5', 'a|b', '|', '\n', '---', '&lt;', '<b>'),
        {
          maxLength: 60,
        },
      )
      .map((parts) => parts.join('')),
  );
  it.each<Kind>(['svg', 'html', 'markdown'])('any text as %s ends well', async (language) => {
    await fc.assert(
      fc.asyncProperty(noise, fc.integer(), async (code, seed) => {
        await outcome(code, language, seed);
      }),
      { numRuns: 150 },
    );
  });

  it('parts cut out of code end well', async () => {
    const cut = fc.record({ at: fc.nat(2000), length: fc.nat(60), seed: fc.integer() });
    const cuts = fc.sample(cut, { numRuns: 120, seed: 1 });
    const found = await Promise.all(
      languages.flatMap(({ code, language }) =>
        cuts.map(({ at, length, seed }) => {
          const from = at % code.length;
          return outcome(code.slice(0, from) + code.slice(from + length), language, seed);
        }),
      ),
    );
    expect(found.filter((one) => typeof one === 'number' && one > 0).length).toBeGreaterThan(100);
  });
});

describe('drawn damages', () => {
  const of = (language: (typeof languages)[number]) =>
    fc.record({
      seed: fc.integer(),
      count: fc.integer({ min: 1, max: 12 }),
      operators: fc.subarray(
        operatorsFor(language.task, language.language).map(({ name }) => name),
        { minLength: 1 },
      ),
    });
  it.each(languages.filter(({ language }) => language !== 'matplotlib'))(
    'are of the operators asked for and leave each other alone in $language',
    async (language) => {
      const { task, code } = language;
      await fc.assert(
        fc.asyncProperty(of(language), async ({ seed, count, operators }) => {
          const given = { task, language: language.language, seed, count, operators, check: false };
          const damaged = await corrupter.corrupt(code, given);
          expect(damaged.discrepancies.length).toBe(damaged.operators.length);
          expect(damaged.operators.length).toBeLessThanOrEqual(count);
          expect(operators).toEqual(expect.arrayContaining(damaged.operators));
          const known = operatorsFor(task, language.language);
          expect(damaged.discrepancies.map(({ category }) => category)).toEqual(
            damaged.operators.map((name) => known.find((one) => one.name === name)?.category),
          );
          // Where each did something of its own, taking any one back gives another code.
          const every = damaged.operators.map((_, index) => index);
          const mended = every.map((left) => damaged.with(every.filter((index) => index !== left)));
          expect(new Set([damaged.code, ...mended]).size).toBe(mended.length + 1);
        }),
        { numRuns: 60 },
      );
    },
  );

  it('refuse an unknown operator, task or count with what there is', async () => {
    const corrupt = (options: object) => corrupter.corrupt(codes.svg, { task: 'svg', seed: 1, ...options });
    await expect(corrupt({ operators: ['row-missing'] })).rejects.toThrow(
      /No operator "row-missing".*part-moved/,
    );
    await expect(corrupt({ task: 'music' })).rejects.toThrow(ConfigError);
    await expect(corrupt({ count: 0 })).rejects.toThrow(ConfigError);
  });

  it('end when they are told to', async () => {
    const stopped = corrupter.corrupt(
      codes.svg,
      { task: 'svg', seed: 1 },
      AbortSignal.abort(new Error('enough')),
    );
    await expect(stopped).rejects.toThrow('enough');
    const midway = new AbortController();
    const reading = corrupter.corrupt(codes.matplotlib, { task: 'chart', seed: 1 }, midway.signal);
    setTimeout(() => midway.abort(new Error('enough now')), 5);
    await expect(reading).rejects.toThrow('enough now');
  });
});
