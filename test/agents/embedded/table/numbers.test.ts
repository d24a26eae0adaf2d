import { describe, expect, it } from 'vitest';
import { columnWise } from '../../../../agents/embedded/table/numbers.ts';

const column = (...texts: string[]) =>
  columnWise(
    texts.map(() => ({ column: 0, head: false })),
    texts,
  );

describe('numbers of a column', () => {
  it('have a comma where a semicolon was read between thousands', () => {
    expect(column('$3;711.73', '2;464;217', 'a;711')).toEqual(['$3,711.73', '2,464,217', 'a;711']);
    expect(column('12;34', '1; 234')).toEqual(['12;34', '1; 234']);
  });

  it('have a point for a comma where the others have one and it parts no thousands', () => {
    expect(column('12,5', '3.25', '104.8', '7.1')[0]).toBe('12.5');
    expect(column('12,500', '3.25', '104.8', '7.1')[0]).toBe('12,500');
  });
});
