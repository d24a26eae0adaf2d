import { axes, frame, scaleOf } from './axis.ts';
import { colourOf, escaped, short } from './markup.ts';

export interface Line {
  readonly name: string;
  /** Which colour. */
  readonly index: number;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

export interface LinePlot {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly lines: readonly Line[];
  /** Joined by a dashed line behind the others. */
  readonly frontier?: readonly { readonly x: number; readonly y: number }[];
}

/** Lines with a mark at each point, the last one filled. */
export function linePlot({ title, x, y, lines, frontier = [] }: LinePlot): string {
  const points = lines.flatMap((line) => line.points);
  if (points.length === 0) return '';
  const { width, height, left, right, top, bottom } = frame;
  const across = scaleOf([0, ...points.map((point) => point.x)], left, width - right);
  const up = scaleOf(
    points.map((point) => point.y),
    height - bottom,
    top,
  );
  const at = (point: { x: number; y: number }) =>
    `${across.at(point.x).toFixed(1)},${up.at(point.y).toFixed(1)}`;
  const drawn = lines.map(({ name, index, points: own }) => {
    const colour = colourOf(index);
    const marks = own.map((point, place) => {
      const fill = place === own.length - 1 ? colour : 'var(--page)';
      const [cx, cy] = at(point).split(',');
      return `<circle cx="${cx}" cy="${cy}" r="4" fill="${fill}" stroke="${colour}" stroke-width="2"><title>${escaped(name)}: ${short(point.x)}, ${short(point.y)}</title></circle>`;
    });
    return `<polyline points="${own.map(at).join(' ')}" fill="none" stroke="${colour}" stroke-width="2"/>${marks.join('')}`;
  });
  const edge =
    frontier.length > 1 ? `<polyline class="frontier" points="${frontier.map(at).join(' ')}"/>` : '';
  const titles = { x: escaped(x), y: escaped(y) };
  return `<figure><figcaption>${escaped(title)}</figcaption><svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(title)}">${axes(across, up, titles)}${edge}${drawn.join('')}</svg></figure>`;
}
