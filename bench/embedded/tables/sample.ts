import { type Random, seededApart } from '../random.ts';
import { type Kind, kinds, type Look, lookOf } from './look.ts';
import { columns, groups, remarks, sections, spans, stubs } from './words.ts';

export interface Cell {
  readonly text: string;
  readonly colspan: number;
  readonly rowspan: number;
  readonly bold: boolean;
  readonly numeric: boolean;
}

/** Rows of cells as HTML writes them: places that a span covers are left out. */
export interface Grid {
  readonly head: readonly (readonly Cell[])[];
  readonly body: readonly (readonly Cell[])[];
}

export interface Sample {
  readonly name: string;
  readonly kind: Kind;
  readonly grid: Grid;
  readonly look: Look;
}

/** The sample of a seed: kinds take turns, all else is drawn. */
export function sampleOf(seed: number): Sample {
  const random = seededApart(seed + 1);
  const kind = kinds[seed % kinds.length] ?? 'ruled';
  const look = lookOf(kind, random);
  return { name: `${kind}-${seed}`, kind, look, grid: gridOf(kind, look, random) };
}

function gridOf(kind: Kind, look: Look, random: Random): Grid {
  const wrapped = random.chance(look.lines === 'grid' ? 0.35 : 0.15);
  const count = random.whole(2, wrapped ? 4 : 6);
  const chosen = random.some(columns, count);
  const stub = random.pick(stubs);
  const kindsOfColumns = wrapped ? [stub, ...chosen, remarks] : [stub, ...chosen];
  const rows = random.whole(3, wrapped ? 6 : 11);
  const merged = kind === 'merged' || random.chance(0.15);
  const feature = merged ? random.pick(['spanning-head', 'row-groups', 'sections'] as const) : 'plain';
  const boldHead = look.boldHead;
  const plain = (text: string, numeric = false, bold = false): Cell => ({
    text,
    colspan: 1,
    rowspan: 1,
    bold,
    numeric,
  });
  const bodyRow = () =>
    kindsOfColumns.map((column, index) =>
      plain(
        index > 0 && random.chance(0.04) ? random.pick(['', '-', '']) : column.cell(random),
        column.numeric,
      ),
    );
  const headRow = kindsOfColumns.map(({ name, numeric }) => plain(name, numeric, boldHead));
  const body = Array.from({ length: rows }, bodyRow);
  if (feature === 'spanning-head' && kindsOfColumns.length >= 4) {
    return { head: spanningHead(headRow, boldHead, random), body };
  }
  if (feature === 'row-groups')
    return { head: [[plain('Set', false, boldHead), ...headRow]], body: grouped(body, random) };
  if (feature === 'sections')
    return { head: [headRow], body: sectioned(body, kindsOfColumns.length, random) };
  return { head: [headRow], body };
}

/** Two rows of heads: the columns after the first few stand two and two under a common head. */
function spanningHead(row: readonly Cell[], bold: boolean, random: Random): Cell[][] {
  const alone = row.length % 2 === 0 ? 2 : 1;
  const pairs = (row.length - alone) / 2;
  const names = random.some(spans, pairs);
  return [
    [
      ...row.slice(0, alone).map((cell) => ({ ...cell, rowspan: 2 })),
      ...names.map((text) => ({ text, colspan: 2, rowspan: 1, bold, numeric: false })),
    ],
    row.slice(alone),
  ];
}

/** A first column whose cells span two or three rows each. */
function grouped(body: readonly (readonly Cell[])[], random: Random): Cell[][] {
  const rows: Cell[][] = [];
  const names = random.some(groups, 6);
  while (rows.length < body.length) {
    const size = Math.min(body.length - rows.length, random.whole(2, 3));
    const text = names[rows.length % names.length] ?? '';
    for (let i = 0; i < size; i++) {
      const first = { text, colspan: 1, rowspan: size, bold: false, numeric: false };
      rows.push([...(i === 0 ? [first] : []), ...(body[rows.length] ?? [])]);
    }
  }
  return rows;
}

/** Rows that name a section across the whole width. */
function sectioned(body: readonly (readonly Cell[])[], width: number, random: Random): Cell[][] {
  const [first = '', second = ''] = random.some(sections, 2);
  const section = (text: string): Cell[] => [
    { text, colspan: width, rowspan: 1, bold: true, numeric: false },
  ];
  const middle = Math.ceil(body.length / 2);
  const rows = body.map((row) => [...row]);
  return [section(first), ...rows.slice(0, middle), section(second), ...rows.slice(middle)];
}
