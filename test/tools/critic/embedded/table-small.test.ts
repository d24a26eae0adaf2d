import { afterAll, describe, expect, it } from 'vitest';
import type { Picture } from '../../../../core/picture.ts';
import { table } from '../../../../core/tasks/table.ts';
import { embeddedCritic } from '../../../../tools/critic/embedded/critic.ts';
import { openOcr } from '../../../../tools/ocr/ocr.ts';
import { openBrowser } from '../../../../tools/render/browser.ts';
import { htmlRenderer } from '../../../../tools/render/html.ts';

const renderer = htmlRenderer({ browser: openBrowser({ allowUnsandboxed: true }) });
const ocr = openOcr();
const critic = embeddedCritic({ ocr });
afterAll(async () => {
  await renderer.close();
  await ocr.close();
});

const rows = [
  ['Type of delay', 'Mean', 'Max'],
  ['Patient delay', '55.3', '198'],
  ['Services delay', '76.5', '371'],
  ['Total delay', '131.4', '401'],
];

async function drawn(from: string, to: string): Promise<Picture> {
  const cells = rows.map((row) => row.map((text) => `<td>${text === from ? to : text}</td>`).join(''));
  const body = cells.map((row) => `<tr>${row}</tr>`).join('');
  const result = await renderer.render({ code: `<table style="font:8px 'Times New Roman'">${body}</table>` });
  if (result.kind !== 'rendered') throw new Error(result.message);
  return result.picture;
}

describe.skipIf(!(await ocr.available()))('tables of tiny letters', () => {
  it.each([
    ['131.4', '-11.4'],
    ['371', '37.1'],
    ['198', '9'],
  ])('are told wrong where %s became %s', async (from, to) => {
    const found = await critic.critique({
      task: table,
      reference: await drawn('', ''),
      candidate: await drawn(from, to),
    });
    if (found.kind !== 'critique') throw new Error(found.reason);
    expect(found.discrepancies).toEqual([
      expect.objectContaining({ category: 'numeric_error', severity: 3 }),
    ]);
  });
});
