/** Left, top, right and bottom, in the units of some coordinate system. */
export type Bounds = readonly [number, number, number, number];

/** The corners' bounds of a basic shape in its own coordinates; undefined where they cannot be read off. */
export function boundsOf(name: string, attributes: ReadonlyMap<string, string>): Bounds | undefined {
  const number = (attribute: string, or = 0) => {
    const value = attributes.get(attribute);
    return value === undefined ? or : Number(value);
  };
  const found = read(name, attributes, number);
  return found?.every(Number.isFinite) ? found : undefined;
}

function read(
  name: string,
  attributes: ReadonlyMap<string, string>,
  number: (attribute: string, or?: number) => number,
): Bounds | undefined {
  const [x, y] = [number('x'), number('y')];
  const [cx, cy] = [number('cx'), number('cy')];
  switch (name) {
    case 'rect':
    case 'image':
      return [x, y, x + number('width', Number.NaN), y + number('height', Number.NaN)];
    case 'circle':
      return around(cx, cy, number('r', Number.NaN), number('r', Number.NaN));
    case 'ellipse':
      return around(cx, cy, number('rx', Number.NaN), number('ry', Number.NaN));
    case 'line':
      return hull([number('x1'), number('y1'), number('x2'), number('y2')]);
    case 'polygon':
    case 'polyline':
      return hull(numbersIn(attributes.get('points') ?? ''));
    case 'path':
      return hull(pathPoints(attributes.get('d') ?? ''));
    case 'text': {
      const size = number('font-size', Number.NaN);
      return [x - size, y - size, x + size, y + size / 4];
    }
    default:
      return undefined;
  }
}

function around(cx: number, cy: number, rx: number, ry: number): Bounds {
  return [cx - rx, cy - ry, cx + rx, cy + ry];
}

/** Bounds of x, y, x, y, ... */
export function hull(points: readonly number[]): Bounds | undefined {
  if (points.length < 4) return undefined;
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i + 1 < points.length; i += 2) {
    const [x = Number.NaN, y = Number.NaN] = [points[i], points[i + 1]];
    if (!Number.isFinite(x) || !Number.isFinite(y)) return undefined;
    [left, top] = [Math.min(left, x), Math.min(top, y)];
    [right, bottom] = [Math.max(right, x), Math.max(bottom, y)];
  }
  return [left, top, right, bottom];
}

const digits = new Set('0123456789');

/** The numbers of an SVG list, in which a sign or a second point begins a new one. */
export function numbersIn(text: string): number[] {
  return scan(text).filter((token) => typeof token === 'number');
}

/** Numbers and command letters of path data. */
function scan(text: string): (number | string)[] {
  const tokens: (number | string)[] = [];
  let at = 0;
  while (at < text.length) {
    const from = at;
    if (text[at] === '+' || text[at] === '-') at += 1;
    while (digits.has(text[at] ?? '')) at += 1;
    if (text[at] === '.') at += 1;
    while (digits.has(text[at] ?? '')) at += 1;
    const isNumber = [...text.slice(from, at)].some((character) => digits.has(character));
    if (isNumber && (text[at] === 'e' || text[at] === 'E')) {
      const sign = text[at + 1] === '+' || text[at + 1] === '-' ? 2 : 1;
      if (digits.has(text[at + sign] ?? '')) {
        at += sign;
        while (digits.has(text[at] ?? '')) at += 1;
      }
    }
    if (isNumber) tokens.push(Number(text.slice(from, at)));
    else {
      at = from + 1;
      const letter = text[from] ?? '';
      if (letter.toLowerCase() !== letter.toUpperCase()) tokens.push(letter);
    }
  }
  return tokens;
}

const lengths: Readonly<Record<string, number>> = { m: 2, l: 2, h: 1, v: 1, c: 6, s: 4, q: 4, t: 2, a: 7 };

/** End and control points of path data as x, y, x, y, ...; empty where an arc's flags are written together. */
function pathPoints(data: string): number[] {
  const points: number[] = [];
  let [x, y, startX, startY] = [0, 0, 0, 0];
  let command = '';
  const tokens = scan(data);
  for (let at = 0; at < tokens.length; ) {
    const token = tokens[at];
    if (typeof token === 'string') {
      command = token;
      at += 1;
      if (command.toLowerCase() === 'z') [x, y] = [startX, startY];
      continue;
    }
    const kind = command.toLowerCase();
    const length = lengths[kind];
    const given = tokens.slice(at, at + (length ?? 0));
    const values = given.filter((value) => typeof value === 'number');
    if (length === undefined || values.length < length) return [];
    at += length;
    const [dx, dy] = command === kind ? [x, y] : [0, 0];
    if (kind === 'h') x = dx + (values[0] ?? 0);
    else if (kind === 'v') y = dy + (values[0] ?? 0);
    else {
      const pairs = kind === 'a' ? values.slice(5) : values;
      for (let i = 0; i < pairs.length; i += 2) {
        points.push(dx + (pairs[i] ?? 0), dy + (pairs[i + 1] ?? 0));
      }
      [x, y] = [points.at(-2) ?? x, points.at(-1) ?? y];
    }
    points.push(x, y);
    if (kind === 'm') {
      [startX, startY] = [x, y];
      command = command === 'm' ? 'l' : 'L';
    }
  }
  return points;
}
