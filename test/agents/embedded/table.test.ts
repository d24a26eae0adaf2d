import { afterAll, describe, expect, it } from 'vitest';
import { embeddedGenerator } from '../../../agents/embedded/generator.ts';
import { markdownOf } from '../../../agents/embedded/table/markdown.ts';
import { spellingsOf } from '../../../agents/embedded/table/spelling.ts';
import { photoOf } from '../../../bench/embedded/photo.ts';
import type { Critique } from '../../../core/critique.ts';
import { ConfigError } from '../../../core/errors.ts';
import type { Picture } from '../../../core/picture.ts';
import { table } from '../../../core/tasks/table.ts';
import { embeddedCritic } from '../../../tools/critic/embedded/critic.ts';
import { type Ocr, openOcr } from '../../../tools/ocr/ocr.ts';
import { openBrowser } from '../../../tools/render/browser.ts';
import { htmlRenderer } from '../../../tools/render/html.ts';
import { criticConformance } from '../../conformance/critic.ts';
import { generatorConformance } from '../../conformance/generator.ts';
import { drawn as drawnIcon, icon } from './drawn.ts';

const renderer = htmlRenderer({ browser: openBrowser({ allowUnsandboxed: true }) });
const ocr = openOcr();
afterAll(async () => {
  await renderer.close();
  await ocr.close();
});

const [html, markdown] = table.languages;
const generator = embeddedGenerator({ renderers: [renderer], ocr });
const critic = embeddedCritic({ ocr });

async function drawn(code: string): Promise<Picture> {
  const result = await renderer.render({ code });
  if (result.kind !== 'rendered') throw new Error(result.message);
  return result.picture;
}
async function critiqued(reference: Picture, candidate: Picture): Promise<Critique> {
  const result = await critic.critique({ task: table, reference, candidate });
  if (result.kind !== 'critique') throw new Error(result.reason);
  return result;
}

const rows = `<tr><td>Hamburg</td><td>1,204</td><td>Open</td></tr>
<tr><td>Lisbon</td><td>863</td><td>Closed</td></tr>
<tr><td>Montreal</td><td>2,417</td><td>Open</td></tr>`;
const plain = `<table><thead><tr><th>City</th><th>Units</th><th>Status</th></tr></thead><tbody>${rows}</tbody></table>`;
const ruled = `<style>table{font:17px serif;border-top:2px solid;border-bottom:2px solid}
th,td{border:0;padding:5px 14px}thead{border-bottom:1px solid}td:nth-child(2){text-align:right}</style>${plain}`;
const spanned = plain.replace(
  '<tr><td>Ham',
  '<tr><td colspan="3">Northern branches and their sales</td></tr><tr><td>Ham',
);

// Machines without language data skip these, as the product itself says that tables need it.
describe.skipIf(!(await ocr.available()))('tables by image analysis', () => {
  generatorConformance('embedded, on tables,', async () => ({
    generator,
    request: { task: table, language: html, image: await drawn(plain) },
    draft: plain.replace('863', '368'),
  }));
  criticConformance('embedded, on tables,', async () => ({
    critic,
    task: table,
    reference: await drawn(plain),
    candidate: await drawn(plain.replace('863', '368')),
  }));

  it('reads a three-line table into its cells, with head, alignment and font', async () => {
    const { code, confidence } = await generator.generate({
      task: table,
      language: html,
      image: await drawn(ruled),
    });
    const cells = [...code.matchAll(/<(t[hd])(?: [^>]*)?>([^<]*)</g)].map(
      ([, tag, text]) => `${tag} ${text}`,
    );
    expect(cells.slice(0, 6)).toEqual([
      'th City',
      'th Units',
      'th Status',
      'td Hamburg',
      'td 1,204',
      'td Open',
    ]);
    expect(cells).toHaveLength(12);
    expect(code).toContain("font:17px 'Times New Roman', serif");
    expect(code).toContain('<td style="text-align:right">2,417</td>');
    expect(confidence).toBeGreaterThan(0.8);
  });

  it('writes Markdown, and HTML within it only where cells are joined', async () => {
    const image = await drawn(plain);
    const { code } = await generator.generate({ task: table, language: markdown ?? html, image });
    expect(code.split('\n')[2]).toMatch(/^\| Hamburg +\| 1,204 +\| Open +\|$/);
    const joined = { task: table, language: markdown ?? html, image: await drawn(spanned) };
    expect((await generator.generate(joined)).code).toContain('colspan="3"');
    expect(markdownOf({ rows: 1, columns: 1, headRows: 0, cells: [] })).toContain('|');
  });

  it('reads its own output so that its critic finds nothing', async () => {
    const image = await drawn(ruled);
    const { code } = await generator.generate({ task: table, language: html, image });
    expect(await critiqued(image, await drawn(code))).toMatchObject({ severitySum: 0 });
  });

  it('reads a flagged cell of a draft again and mends it', async () => {
    const image = await drawn(plain);
    const code = plain.replace('Lisbon', 'Lisb0n');
    const previous = { code, feedback: await critiqued(image, await drawn(code)) };
    const revised = await generator.generate({ task: table, language: html, image, previous });
    expect(revised.code).toContain('Lisbon');
    expect(await critiqued(image, await drawn(revised.code))).toMatchObject({ severitySum: 0 });
  });

  it.each([
    ['text_error', plain.replace('Closed', 'Pending')],
    ['numeric_error', plain.replace('863', '868')],
    ['layout_error', plain.replace(/<tr><td>Lisbon.*\n/, '')],
    ['layout_error', plain.replace('<td>863</td><td>Closed</td>', '<td colspan="2">863 Closed</td>')],
  ])('names a damaged copy by %s, whatever its look', async (category, code) => {
    const { discrepancies } = await critiqued(await drawn(ruled), await drawn(code));
    expect(discrepancies.map((one) => one.category)).toEqual([category]);
  });

  it('reads a reference once for all its candidates, with the same answer', async () => {
    let read = 0;
    const counting: Ocr = {
      ...ocr,
      read(...asked) {
        read++;
        return ocr.read(...asked);
      },
    };
    const one = embeddedCritic({ ocr: counting });
    const [reference, candidate] = [await drawn(ruled), await drawn(plain.replace('863', '868'))];
    const ask = () => one.critique({ task: table, reference, candidate });
    const first = await ask();
    const before = read;
    expect(await ask()).toEqual(first);
    // Both tables have the same cells, and one of the two is read again.
    expect(read - before).toBeLessThan(0.6 * before);
  });

  it('holds more against an apology than against a table whose numbers are all wrong', async () => {
    const reference = await drawn(plain);
    const wrong = plain.replace('1,204', '55').replace('863', '7,318').replace('2,417', '31');
    const apology = '<table><tr><td>I cannot see the picture</td></tr></table>';
    const [attempt, none] = await Promise.all(
      [wrong, apology].map(async (code) => (await critiqued(reference, await drawn(code))).severitySum),
    );
    expect(none).toBeGreaterThan(attempt ?? 0);
    expect(attempt).toBeGreaterThan(0);
  });

  it('says that a photo, whose shapes are large for letters, needs a model', async () => {
    const image = await photoOf(1);
    const running = generator.generate({ task: table, language: html, image });
    await expect(running).rejects.toThrow('This table needs a model');
  });

  it('says that a drawing is no table, and how to name a model', async () => {
    const image = drawnIcon(icon('<circle cx="60" cy="60" r="40" fill="#1d4ed8"/>'), 200);
    const running = generator.generate({ task: table, language: html, image });
    await expect(running).rejects.toThrow(ConfigError);
    await expect(running).rejects.toThrow('This table needs a model');
    expect(await critic.critique({ task: table, reference: image, candidate: image })).toMatchObject({
      kind: 'critic-failure',
    });
  });
});

it('spells what the reader takes for each other, and nothing that looks cannot tell apart', () => {
  expect(spellingsOf('GraceAdeyemi')).toEqual(['Grace Adeyemi']);
  expect(spellingsOf('9.42±0.14')).toContain('9.42 ± 0.14');
  expect(spellingsOf('2O1l')).toContain('2011');
  expect(spellingsOf('Paul')).toEqual([]);
});
