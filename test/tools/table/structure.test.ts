import { afterAll, describe, expect, it } from 'vitest';
import { pixelsOf } from '../../../tools/image/pixels.ts';
import { openBrowser } from '../../../tools/render/browser.ts';
import { htmlRenderer } from '../../../tools/render/html.ts';
import { isEven } from '../../../tools/table/even.ts';
import { missedUprights } from '../../../tools/table/missed.ts';
import { withoutOverhang } from '../../../tools/table/overhang.ts';
import type { Ruling } from '../../../tools/table/rulings.ts';
import { structureOf } from '../../../tools/table/structure.ts';

const renderer = htmlRenderer({ browser: openBrowser({ allowUnsandboxed: true }) });
afterAll(() => renderer.close());

/** Row, column, rowspan and colspan of each cell. */
async function gridOf(style: string, rows: string): Promise<string[]> {
  const code = `<style>table{border-collapse:collapse;font:16px "DejaVu Sans"}th,td{border:0;padding:9px 16px;text-align:left}${style}</style><table>${rows}</table>`;
  const drawn = await renderer.render({ code });
  if (drawn.kind !== 'rendered') throw new Error(drawn.message);
  const structure = await structureOf(await pixelsOf(drawn.picture));
  return (structure?.cells ?? []).map((cell) =>
    [cell.row, cell.column, cell.rowspan, cell.colspan].join(' '),
  );
}

const row = (...texts: string[]) => `<tr>${texts.map((text) => `<td>${text}</td>`).join('')}</tr>`;

describe('the cells of a table', () => {
  it('parts a column of groups, beside which no cell of the next column stands', async () => {
    const grid = await gridOf(
      'tr{border-bottom:1px solid #999}thead{background:#333;color:#fff}',
      `<thead><tr><th>Set</th><th>Parcel</th><th>Weight</th></tr></thead><tbody>
      <tr><td rowspan="2">Early</td><td>ZN-5199</td><td>195</td></tr>${row('A-7369', '59')}
      <tr><td rowspan="2">Late</td><td>K-9628</td><td>68</td></tr>${row('PX-9072', '157')}</tbody>`,
    );
    const rest = ['1 1 1 1', '1 2 1 1', '2 1 1 1', '2 2 1 1', '3 0 2 1', '3 1 1 1', '3 2 1 1'];
    expect(grid).toEqual(['0 0 1 1', '0 1 1 1', '0 2 1 1', '1 0 2 1', ...rest, '4 1 1 1', '4 2 1 1']);
  });

  it.each([
    ['shaded rows', 'tbody tr:nth-child(even){background:#e3ecf6}'],
    ['plain rows', ''],
  ])('parts two rows of heads on a shaded ground, over %s', async (_, style) => {
    const grid = await gridOf(
      `thead{background:#dde7f3}.wide{text-align:center}${style}`,
      `<thead><tr><th rowspan="2">Parcel</th><th rowspan="2">Weight</th><th colspan="2" class="wide">Outbound</th></tr>
        <tr><th>Range</th><th>Carrier</th></tr></thead><tbody>${row('PX-1071', '31', '85-90', 'Rail')}
        ${row('ZN-3920', '11', '18-88', 'Road')}${row('K-9846', '25', '14-43', 'Air')}</tbody>`,
    );
    expect(grid.slice(0, 5)).toEqual(['0 0 2 1', '0 1 2 1', '0 2 1 2', '1 2 1 1', '1 3 1 1']);
    expect(grid).toHaveLength(5 + 3 * 4);
  });

  it('gives heads above two rows of heads to both, however close these stand, as one reaches over several', async () => {
    const grid = await gridOf(
      'table{font-size:40px}th,td{padding:3px 16px}thead,tbody tr:nth-child(even){background:#eee}.wide{text-align:center}',
      `<thead><tr><th rowspan="2">Skipper</th><th rowspan="2">Port</th><th colspan="2" class="wide">Outbound</th></tr>
        <tr><th>Cargo</th><th>Weight</th></tr></thead><tbody>${row('Ida Moe', 'Bergen', 'Salt', '31')}
        ${row('Jan Dahl', 'Tromso', 'Fish', '19')}${row('Eva Lund', 'Bergen', 'Wool', '25')}</tbody>`,
    );
    expect(grid.slice(0, 5)).toEqual(['0 0 2 1', '0 1 2 1', '0 2 1 2', '1 2 1 1', '1 3 1 1']);
    expect(grid).toHaveLength(5 + 3 * 4);
  });
});

const level = (at: number): Ruling => ({ axis: 'horizontal', at, end: at + 1, from: 0, to: 200 });
const upright = (from: number, to: number): Ruling => ({ axis: 'vertical', at: 100, end: 101, from, to });
const levels = [level(10), level(40), level(70), level(100)];

describe('rulings', () => {
  it('are no letters that stand at one place of many rows', () => {
    const [width, height] = [40, 200];
    const drawn = (level: (y: number) => number) => {
      const data = new Uint8Array(width * height * 3).fill(255);
      for (let y = 0; y < height; y++) data.fill(level(y), (y * width + 20) * 3, (y * width + 21) * 3);
      return { width, height, data };
    };
    const line: Ruling = { axis: 'vertical', at: 20, end: 21, from: 5, to: 195 };
    expect(
      isEven(
        drawn((y) => (y % 7 === 0 ? 255 : 248 + (y % 3))),
        line,
      ),
    ).toBe(true);
    expect(
      isEven(
        drawn((y) => (y % 20 < 11 ? 150 : 255)),
        line,
      ),
    ).toBe(false);
  });

  it('end at the line that they meet, where but a letter stands beyond it', () => {
    const [trimmed] = withoutOverhang([upright(20, 100), ...levels], 10);
    expect(trimmed).toEqual(upright(40, 100));
    const [whole] = withoutOverhang([upright(10, 100), ...levels], 10);
    expect(whole).toEqual(upright(10, 100));
  });

  it('are looked for again in a row that they were missed in, where they show along all of it', () => {
    const [width, height] = [200, 110];
    const drawn = (from: number) => {
      const data = new Uint8Array(width * height * 3).fill(255);
      for (let y = from; y < 100; y++) data.fill(90, (y * width + 100) * 3, (y * width + 101) * 3);
      return { width, height, data };
    };
    const known = [upright(40, 100), ...levels];
    expect(missedUprights(drawn(10), known, 7, 10)).toMatchObject([{ from: 11, to: 40, at: 100 }]);
    // A letter's stem does not reach from line to line.
    expect(missedUprights(drawn(24), known, 7, 10)).toEqual([]);
  });
});
