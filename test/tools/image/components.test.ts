import { describe, expect, it } from 'vitest';
import { componentsOf } from '../../../tools/image/components.ts';
import { depthOf } from '../../../tools/image/depth.ts';

/** A mask drawn with characters: `#` is inside. */
function drawnMask(...rows: readonly string[]) {
  const mask = Uint8Array.from(rows.join(''), (mark) => (mark === '#' ? 1 : 0));
  return { mask, size: { width: rows[0]?.length ?? 0, height: rows.length } };
}

describe('componentsOf', () => {
  const { mask, size } = drawnMask('##...#', '##..#.', '......', '..####');

  it('finds connected regions in reading order, with their boxes', () => {
    expect(componentsOf(mask, size).components).toEqual([
      { label: 1, area: 4, left: 0, top: 0, right: 2, bottom: 2 },
      { label: 2, area: 2, left: 4, top: 0, right: 6, bottom: 2 },
      { label: 3, area: 4, left: 2, top: 3, right: 6, bottom: 4 },
    ]);
  });

  it('parts what only touches at a corner when four neighbours count', () => {
    expect(componentsOf(mask, size, 4).components).toHaveLength(4);
  });
});

describe('depthOf', () => {
  it('counts the pixels to the nearest edge', () => {
    const { mask, size } = drawnMask('.......', '.#####.', '.#####.', '.#####.', '.......');
    expect([...depthOf(mask, size)].join('').match(/.{7}/g)).toEqual([
      '0000000',
      '0111110',
      '0122210',
      '0111110',
      '0000000',
    ]);
  });

  it("takes the picture's border for an edge", () => {
    const { mask, size } = drawnMask('###', '###', '###');
    expect([...depthOf(mask, size)]).toEqual([1, 1, 1, 1, 2, 1, 1, 1, 1]);
  });
});
