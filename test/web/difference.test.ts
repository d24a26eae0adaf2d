import { expect, test } from 'vitest';
import { difference, differenceColours, type Raster } from '../../web/lib/difference.ts';

const inks: Record<string, readonly [number, number, number]> = {
  '.': [255, 255, 255],
  '#': [0, 0, 0],
  r: [200, 30, 30],
  g: [224, 224, 224],
  h: [246, 246, 246],
};

/** A raster from rows of letters, each one pixel. */
function raster(...rows: readonly string[]): Raster {
  const pixels = rows.flatMap((row) => [...row].flatMap((ink) => [...(inks[ink] ?? [0, 0, 0]), 255]));
  return { width: rows[0]?.length ?? 0, height: rows.length, data: new Uint8ClampedArray(pixels) };
}

function colourAt({ data }: { data: Uint8ClampedArray }, width: number, x: number, y: number): number[] {
  return [...data.slice((y * width + x) * 4, (y * width + x) * 4 + 3)];
}

test('equal pictures differ nowhere', () => {
  const picture = raster('.....', '.###.', '.###.', '.....');
  expect(difference(picture, picture).share).toBe(0);
});

test('a line that stands one pixel off counts as equal', () => {
  const one = raster('......', '.#....', '.#....', '......');
  const other = raster('......', '..#...', '..#...', '......');
  expect(difference(one, other).share).toBe(0);
});

test('a line that stands three pixels off is missing here and extra there', () => {
  const result = difference(raster('......', '.#....', '......'), raster('......', '....#.', '......'));
  expect(result.share).toBeCloseTo(2 / 18);
  expect(colourAt(result, 6, 1, 1)).toEqual([...differenceColours.missing]);
  expect(colourAt(result, 6, 4, 1)).toEqual([...differenceColours.extra]);
});

test('ink of another colour is neither missing nor extra', () => {
  const result = difference(raster('....', '.##.', '....'), raster('....', '.rr.', '....'));
  expect(colourAt(result, 4, 1, 1)).toEqual([...differenceColours.changed]);
});

test('a faint grid line counts, noise does not', () => {
  const blank = raster('....', '....', '....');
  expect(difference(raster('....', 'gggg', '....'), blank).share).toBeCloseTo(4 / 12);
  expect(difference(raster('....', 'hhhh', '....'), blank).share).toBe(0);
});

test('on a dark ground the ground is still not ink', () => {
  const result = difference(raster('#####', '#...#', '#####'), raster('#####', '#####', '#####'));
  expect(colourAt(result, 5, 2, 1)).toEqual([...differenceColours.missing]);
});
