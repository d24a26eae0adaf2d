import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import type { Box } from '../../../../core/discrepancy.ts';
import { svg } from '../../../../core/tasks/svg.ts';
import { openCorrupter } from '../../../../datasets/corrupt/corrupt.ts';
import { embeddedCritic } from '../../../../tools/critic/embedded/critic.ts';
import { svgRenderer } from '../../../../tools/render/svg.ts';

const renderer = svgRenderer();
const corrupter = openCorrupter({ rendererOf: () => renderer });
const critic = embeddedCritic();
afterAll(async () => {
  await corrupter.close();
  await renderer.close();
});

const icons = ['rocket', 'camera', 'target'];
const folder = new URL('../../../fixtures/render-corpus/icons/', import.meta.url);

async function pictureOf(code: string) {
  const result = await renderer.render({ code, size: { width: 224, height: 224 } });
  if (result.kind !== 'rendered') throw new Error(result.message);
  return result.picture;
}

async function found(reference: string, candidate: string) {
  const result = await critic.critique({
    task: svg,
    reference: await pictureOf(reference),
    candidate: await pictureOf(candidate),
  });
  if (result.kind !== 'critique') throw new Error(result.reason);
  return result.discrepancies;
}

describe('the embedded critic on damage by operators', () => {
  it('sees most of it, where it is, and nothing on the clean icon', async () => {
    let [cases, seen, placed] = [0, 0, 0];
    for (const [index, name] of icons.entries()) {
      const code = readFileSync(new URL(`${name}.svg`, folder), 'utf8');
      expect(await found(code, code)).toEqual([]);
      const damaged = await corrupter.corrupt(code, { task: 'svg', seed: index, count: 4 });
      for (const [one, { box, severity }] of damaged.discrepancies.entries()) {
        if (severity === 1) continue;
        const said = await found(code, damaged.with([one]));
        cases += 1;
        if (said.length > 0) seen += 1;
        if (said.some((other) => box && other.box && overlap(other.box, box))) placed += 1;
      }
    }
    expect(cases).toBeGreaterThan(5);
    expect(seen / cases).toBeGreaterThan(0.85);
    expect(placed / cases).toBeGreaterThan(0.85);
  });
});

function overlap([x, y, width, height]: Box, [left, top, wide, high]: Box): boolean {
  return left < x + width && x < left + wide && top < y + height && y < top + high;
}
