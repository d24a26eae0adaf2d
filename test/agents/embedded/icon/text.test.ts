import { afterAll, describe, expect, it } from 'vitest';
import { embeddedGenerator } from '../../../../agents/embedded/generator.ts';
import { svg } from '../../../../core/tasks/svg.ts';
import { embeddedCritic } from '../../../../tools/critic/embedded/critic.ts';
import { type Ocr, openOcr } from '../../../../tools/ocr/ocr.ts';
import { svgRenderer } from '../../../../tools/render/svg.ts';
import { icon } from '../drawn.ts';

const renderer = svgRenderer();
const ocr = openOcr();
afterAll(() => Promise.all([renderer.close(), ocr.close()]));

const badge = '<circle cx="60" cy="60" r="54" fill="#1e3a8a"/>';
const text = (words: string, attributes: string) =>
  `<text x="60" text-anchor="middle" fill="#ffffff" ${attributes}>${words}</text>`;

async function draw(code: string, width: number) {
  const result = await renderer.render({ code, size: { width, height: width } });
  if (result.kind === 'render-failure') throw new Error(result.message);
  return result.picture;
}

/** The icon's code as it is read from its picture, and how severe the critic finds it. */
async function read(code: string, width: number, reader: Ocr | undefined = ocr) {
  const generator = embeddedGenerator({ renderers: [renderer], ...(reader && { ocr: reader }) });
  const image = await draw(code, width);
  const generated = await generator.generate({ task: svg, language: svg.languages[0], image });
  const candidate = await draw(generated.code, width);
  const critique = await embeddedCritic().critique({ task: svg, reference: image, candidate });
  return { code: generated.code, severity: critique.kind === 'critique' ? critique.severitySum : Infinity };
}

const written = (code: string) => [...code.matchAll(/<text[^>]*>([^<]*)</g)].map(([, words]) => words);

/** Counts how often it is asked anything. */
function asked() {
  let count = 0;
  const counting: Ocr = {
    available() {
      count++;
      return ocr.available();
    },
    read(...request) {
      count++;
      return ocr.read(...request);
    },
    close: async () => {},
  };
  return { ocr: counting, count: () => count };
}

describe('text in icons', () => {
  it.each([
    ['A', 'y="80" font-size="56" font-family="Arial" font-weight="bold"', 'Arial, sans-serif', 160],
    ['42', 'y="76" font-size="48" font-family="Times New Roman"', 'Times New Roman, serif', 200],
    ['SALE', 'y="70" font-size="30" font-family="DejaVu Sans"', 'DejaVu Sans, sans-serif', 120],
    [
      'Open',
      'y="66" font-size="26" font-family="Courier New" font-weight="bold"',
      'Courier New, monospace',
      96,
    ],
    ['R&amp;D', 'y="72" font-size="36" font-family="Arial" font-style="italic"', 'Arial, sans-serif', 240],
  ])('writes "%s" as text in its font', async (words, attributes, family, width) => {
    const { code, severity } = await read(icon(badge, text(words, attributes)), width);
    expect(written(code)).toEqual([words]);
    expect(code).toContain(`font-family="${family}"`);
    expect(code).toContain('text-anchor="middle"');
    expect(severity).toBe(0);
  });

  it('finds size, place and colour of a text', async () => {
    const { code } = await read(
      icon(badge, text('PDF', 'y="74" font-size="40" font-family="Arial"').replace('#ffffff', '#fde047')),
      240,
    );
    const number = (name: string) =>
      Number(new RegExp(`\\s${name}="([^"]*)"`).exec(code.slice(code.indexOf('<text')))?.[1]);
    expect(number('x')).toBeCloseTo(120, 0);
    expect(Math.abs(number('y') - 148)).toBeLessThan(1);
    expect(Math.abs(number('font-size') - 80)).toBeLessThan(1);
    expect(code).toMatch(/<text [^>]*fill="#fde047"/);
  });

  it('writes each line of a sign', async () => {
    const lines = [
      text('TOP', 'y="56" font-size="28" font-family="Arial" font-weight="bold"'),
      text('ten', 'y="88" font-size="28" font-family="Arial" font-weight="bold"'),
    ];
    const { code } = await read(icon(badge, ...lines), 240);
    expect(written(code)).toEqual(['TOP', 'ten']);
  });

  it('writes letters on a board that itself could be a letter with holes', async () => {
    const { code } = await read(
      icon(badge, text('12', 'y="81" font-size="59" font-family="Times New Roman" font-weight="bold"')),
      336,
    );
    expect(written(code)).toEqual(['12']);
  });

  it('lets a board run on beneath its letters and their counters', async () => {
    const { code, severity } = await read(
      icon(
        '<rect x="8" y="14" width="104" height="72" rx="10" fill="#c2410c"/>',
        text('SALE', 'y="62" font-size="34" font-family="Arial" font-weight="bold"'),
        '<circle cx="98" cy="20" r="14" fill="#0f172a"/>',
      ),
      300,
    );
    expect(written(code)).toEqual(['SALE']);
    expect(code).not.toContain('<path');
    expect(severity).toBe(0);
  });

  it('does not write half a word where a letter touches something else', async () => {
    const { code } = await read(
      icon(
        '<rect x="8" y="14" width="104" height="72" rx="10" fill="#c2410c"/>',
        text('SALE', 'y="62" font-size="34" font-family="Arial" font-weight="bold"'),
        '<circle cx="98" cy="22" r="17" fill="#0f172a"/>',
      ),
      300,
    );
    expect(written(code).filter((words) => words !== 'SALE')).toEqual([]);
  });

  it('keeps the outlines of text in a font that it cannot name, with the text as their label', async () => {
    const thick =
      'stroke="#ffffff" stroke-width="2.5" stroke-linejoin="round" transform="translate(15 0) scale(0.75 1)"';
    const drawing = icon(badge, text('SALE', `y="72" font-size="36" font-family="Arial" ${thick}`));
    const { code, severity } = await read(drawing, 240);
    const outlines = await read(drawing, 240, { ...ocr, available: async () => false });
    expect(written(code)).toEqual([]);
    expect(code).toContain('aria-label="SALE"');
    expect(severity).toBeLessThanOrEqual(outlines.severity);
  });

  it('writes nothing for what only resembles letters, and is not misled by a ring and a bar', async () => {
    const { code } = await read(
      icon(
        badge,
        '<circle cx="45" cy="60" r="16" fill="none" stroke="#fff" stroke-width="6"/>',
        '<rect x="76" y="40" width="8" height="40" fill="#fff"/>',
      ),
      240,
    );
    expect(code).not.toMatch(/<text|aria-label/);
  });

  it('draws outlines without a text reader', async () => {
    const { code, severity } = await read(
      icon(badge, text('A', 'y="80" font-size="56" font-family="Arial"')),
      160,
      // An explicit reader without language data is the same as none.
      { ...ocr, available: async () => false },
    );
    expect(code).not.toMatch(/<text|aria-label/);
    expect(code).toMatch(/<!-- .*letters is drawn as outlines.*verisim doctor/);
    expect(severity).toBe(0);
  });

  it('asks no text reader where nothing looks like a letter, and draws such icons as without one', async () => {
    const drawings = [
      '<path d="M20 60 L60 20 L100 60 V104 H20 Z" fill="#2563eb"/><rect x="48" y="70" width="24" height="34" fill="#fff"/>',
      '<path d="M60 100 L24 62 A20 20 0 0 1 60 40 A20 20 0 0 1 96 62 Z" fill="none" stroke="#111" stroke-width="8" stroke-linejoin="round"/>',
      '<circle cx="60" cy="60" r="40" fill="#e11d48"/><circle cx="60" cy="60" r="20" fill="#fff"/>',
    ];
    for (const drawing of drawings) {
      const reader = asked();
      const image = await draw(icon(drawing), 200);
      const request = { task: svg, language: svg.languages[0], image };
      const [without, withReader] = [
        await embeddedGenerator({ renderers: [renderer] }).generate(request),
        await embeddedGenerator({ renderers: [renderer], ocr: reader.ocr }).generate(request),
      ];
      expect(withReader.code).toBe(without.code);
      expect(reader.count()).toBe(0);
    }
  });
});
