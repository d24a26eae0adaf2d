import { afterAll, describe, expect, it } from 'vitest';
import { tasks } from '../../../core/tasks/index.ts';
import { openCorrupter, operatorsFor } from '../../../datasets/corrupt/corrupt.ts';
import { differenceOf } from '../../../datasets/corrupt/difference.ts';
import { Config } from '../../../runtime/config.ts';
import { openRenderers } from '../../../runtime/renderers.ts';
import { codes, languages } from './codes.ts';

const renderers = openRenderers(Config.parse({}));
const corrupter = openCorrupter({ rendererOf: (language) => renderers.of(language) });
afterAll(async () => {
  await corrupter.close();
  await renderers.close();
});

async function pictureOf(language: string, code: string) {
  const size = language === 'svg' ? { width: 336, height: 336 } : undefined;
  const result = await renderers.of(language).render({ code, ...(size && { size }) });
  if (result.kind !== 'rendered') throw new Error(`${result.message}\n${code}`);
  return result.picture;
}

describe('the operators of a task', () => {
  it.each(tasks)('are at least 12 over all categories of $name', ({ name, categories, languages: known }) => {
    for (const language of known) {
      const operators = operatorsFor(name, language.name);
      expect(operators.length).toBeGreaterThanOrEqual(12);
      expect(new Set(operators.map((one) => one.name)).size).toBe(operators.length);
      expect(new Set(operators.map(({ category }) => category))).toEqual(new Set(categories));
    }
  });

  it.each(languages)('each show in $language, as the one thing that is wrong', async (one) => {
    const { task, language } = one;
    const places = language === 'html' ? [one.code, codes.plainHtml] : [one.code];
    const seen = operatorsFor(task, language).map(async ({ name, category }) => {
      const tried = await Promise.all(
        places.map((code) => corrupter.corrupt(code, { task, language, seed: 1, operators: [name] })),
      );
      const damaged = tried.find(({ operators }) => operators.length > 0);
      expect(damaged, `${name} finds a place`).toMatchObject({
        ...{ operators: [name], discrepancies: [{ category }] },
      });
      if (!damaged) return;
      const [clean, wrong] = await Promise.all([
        pictureOf(language, damaged.with([])),
        pictureOf(language, damaged.code),
      ]);
      expect(await differenceOf(clean, wrong), name).toBeDefined();
    });
    await Promise.all(seen);
  });
});

describe('several damages in one code', () => {
  it.each(languages)('each show beside the others in $language', async ({ task, language, code }) => {
    const damaged = await corrupter.corrupt(code, { task, language, seed: 5, count: 4 });
    expect(damaged.discrepancies).toHaveLength(4);
    expect(damaged.with([0, 1, 2, 3])).toBe(damaged.code);
    const all = await pictureOf(language, damaged.code);
    for (const left of [0, 1, 2, 3]) {
      const mended = damaged.with([0, 1, 2, 3].filter((index) => index !== left));
      expect(await differenceOf(all, await pictureOf(language, mended)), mended).toBeDefined();
    }
  });

  it('come out the same for the same seed, and others for another', async () => {
    const options = { task: 'svg', seed: 11, count: 3 } as const;
    const [one, again, other] = await Promise.all([
      corrupter.corrupt(codes.svg, options),
      corrupter.corrupt(codes.svg, options),
      corrupter.corrupt(codes.svg, { ...options, seed: 12 }),
    ]);
    expect(again.code).toBe(one.code);
    expect(again.discrepancies).toEqual(one.discrepancies);
    expect(other.code).not.toBe(one.code);
  });

  it('are boxed where only that part of the picture changed', async () => {
    const options = { task: 'svg', seed: 1, operators: ['part-extra'] };
    const { discrepancies } = await corrupter.corrupt(codes.svg, options);
    const [x = 0, y = 0, width = 0, height = 0] = discrepancies[0]?.box ?? [];
    expect(Math.max(width, height)).toBeLessThan(0.3);
    const clean = await corrupter.corrupt(codes.svg, { ...options, check: false });
    const stated = clean.discrepancies[0]?.box ?? [0, 0, 0, 0];
    expect(x).toBeCloseTo(stated[0], 1);
    expect(y).toBeCloseTo(stated[1], 1);
  });
});
