import type { Point } from './geometry.ts';
import type { Path } from './path.ts';
import type { Primitive } from './primitives.ts';

/** Writes a number in the fewest characters at a number of decimals. */
export function numeral(value: number, decimals: number): string {
  const text = String(Number(value.toFixed(decimals)));
  return text === '-0' ? '0' : text;
}

/** An element of a primitive, without paint. */
export function primitiveElement(shape: Primitive, decimals: number): string {
  const n = (value: number) => numeral(value, decimals);
  const centre = `cx="${n(shape.cx)}" cy="${n(shape.cy)}"`;
  if (shape.kind === 'circle') return `<circle ${centre} r="${n(shape.r)}"/>`;
  const turned = Math.abs(shape.turn) > 0.05;
  const turn = turned ? ` transform="rotate(${numeral(shape.turn, 1)} ${n(shape.cx)} ${n(shape.cy)})"` : '';
  if (shape.kind === 'ellipse') return `<ellipse ${centre} rx="${n(shape.rx)}" ry="${n(shape.ry)}"${turn}/>`;
  const corner = shape.r > 0 ? ` rx="${n(shape.r)}"` : '';
  return `<rect x="${n(shape.cx - shape.width / 2)}" y="${n(shape.cy - shape.height / 2)}" width="${n(shape.width)}" height="${n(shape.height)}"${corner}${turn}/>`;
}

/** The attributes of a `line`, when a path is a single straight one. */
export function lineData({ start, segments, closed }: Path, decimals: number): string | undefined {
  const [only] = segments;
  if (closed || only?.kind !== 'line' || segments.length > 1) return undefined;
  const n = (value: number) => numeral(value, decimals);
  return `x1="${n(start[0])}" y1="${n(start[1])}" x2="${n(only.to[0])}" y2="${n(only.to[1])}"`;
}

/** The `d` of some paths. */
export function pathData(paths: readonly Path[], decimals: number): string {
  return paths.map((path) => subpath(path, decimals)).join('');
}

function subpath({ start, segments, closed }: Path, decimals: number): string {
  const n = (value: number) => numeral(value, decimals);
  const pair = ([x, y]: Point) => `${n(x)} ${n(y)}`;
  let from = start;
  let text = `M${pair(start)}`;
  for (const [i, segment] of segments.entries()) {
    const { to } = segment;
    if (segment.kind === 'line') {
      const last = closed && i === segments.length - 1;
      if (last || pair(to) === pair(from)) continue;
      if (n(to[1]) === n(from[1])) text += `H${n(to[0])}`;
      else if (n(to[0]) === n(from[0])) text += `V${n(to[1])}`;
      else text += `L${pair(to)}`;
    } else if (segment.kind === 'arc') {
      const flags = `${segment.large ? 1 : 0} ${segment.clockwise ? 1 : 0}`;
      text += `A${n(segment.radius)} ${n(segment.radius)} 0 ${flags} ${pair(to)}`;
    } else {
      const [a, b] = segment.handles;
      text += `C${pair(a)} ${pair(b)} ${pair(to)}`;
    }
    from = to;
  }
  return closed ? `${text}Z` : text;
}
