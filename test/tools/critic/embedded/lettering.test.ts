import { describe, expect, it } from 'vitest';
import { iconComparer } from '../../../../tools/critic/embedded/icon.ts';
import { pixelsOf } from '../../../../tools/image/pixels.ts';
import { drawn, icon } from '../../../agents/embedded/drawn.ts';

const board = '<rect x="6" y="30" width="108" height="60" fill="#1e3a8a"/>';
/** Letters of 20 x 30 units, drawn as strokes so that no font matters. */
const letters = {
  E: 'M20 0H0V30H20M0 15H16',
  H: 'M0 0V30M20 0V30M0 15H20',
  L: 'M0 0V30H20',
  T: 'M-2 0H22M10 0V30',
} as const;

function line(word: readonly (keyof typeof letters)[], look = 'stroke="#fff"', move = ''): string {
  const glyphs = word.map((one, i) => `<path transform="translate(${18 + 30 * i} 45)" d="${letters[one]}"/>`);
  return `<g fill="none" stroke-width="4" ${look} ${move}>${glyphs.join('')}</g>`;
}

const right = line(['H', 'E', 'T']);

async function compared(...candidate: readonly string[]) {
  const pixels = (elements: readonly string[]) => pixelsOf(drawn(icon(...elements), 240));
  const compare = iconComparer(await pixels([board, right]));
  return (await compare(await pixels(candidate))).discrepancies;
}

describe('a line of letters', () => {
  it.each([
    ['missing', [board], 3],
    ['smaller', [board, line(['H', 'E', 'T'], 'stroke="#fff"', 'transform="translate(24 24) scale(.6)"')], 1],
    ['of one other letter', [board, line(['H', 'L', 'T'])], 2],
    ['of one letter less', [board, line(['H', 'E'])], 2],
    ['of other letters', [board, line(['L', 'H', 'E'])], 3],
  ])('that is %s is told once, as text', async (_, candidate, severity) => {
    expect(await compared(...candidate)).toMatchObject([{ category: 'text_symbol_error', severity }]);
  });

  it('is pointed at where a letter differs', async () => {
    const [found] = await compared(board, line(['H', 'L', 'T']));
    const [left = 0, , width = 0] = found?.box ?? [];
    expect(left).toBeGreaterThan(0.35);
    expect(left + width).toBeLessThan(0.6);
  });

  it('of another colour or elsewhere is no error of text', async () => {
    expect(await compared(board, line(['H', 'E', 'T'], 'stroke="#fde047"'))).toMatchObject([
      { category: 'style_error' },
    ]);
    const moved = line(['H', 'E', 'T'], 'stroke="#fff"', 'transform="translate(6 5)"');
    expect(await compared(board, moved)).toMatchObject([{ category: 'structure_error' }]);
  });

  it('is not blamed for what it stands on', async () => {
    const repainted = board.replace('#1e3a8a', '#14532d');
    expect((await compared(repainted, right)).map(({ category }) => category)).not.toContain(
      'text_symbol_error',
    );
  });

  it('is none where bars, discs or thick shapes stand in a row', async () => {
    const row = (radius: number) =>
      [30, 60, 90].map((x) => `<circle cx="${x}" cy="60" r="${radius}" fill="#fff"/>`);
    const pixels = (elements: readonly string[]) => pixelsOf(drawn(icon(board, ...elements), 240));
    const { discrepancies } = await iconComparer(await pixels(row(10)))(await pixels(row(10).slice(1)));
    expect(discrepancies).toMatchObject([{ category: 'structure_error' }]);
  });
});
