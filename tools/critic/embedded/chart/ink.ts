import type { Point } from '../../../chart/model.ts';
import { distance } from '../../../chart/palette.ts';
import type { Rgb } from '../../../image/ground.ts';
import type { Pixels } from '../../../image/pixels.ts';

/** How much of a colour shows at a place, 0 to 1, between pixels by bilinear interpolation. */
export type InkAt = (point: Point) => number;

/** Faint marks beside a colour (grid lines, noise) are no ink of it. */
const FAINT = 0.2;

export function inkOf({ data, width, height }: Pixels, ground: Rgb, colour: Rgb): InkAt {
  const contrast = Math.max(1, distance(colour, ground));
  const at = (x: number, y: number) => {
    if (x < 0 || y < 0 || x >= width || y >= height) return 0;
    const i = (y * width + x) * 3;
    const away = distance([data[i] ?? 0, data[i + 1] ?? 0, data[i + 2] ?? 0], ground) / contrast;
    return away < FAINT ? 0 : Math.min(1, away);
  };
  return ({ x, y }) => {
    const [u, v] = [x - 0.5, y - 0.5];
    const [x0, y0] = [Math.floor(u), Math.floor(v)];
    const [tx, ty] = [u - x0, v - y0];
    const upper = at(x0, y0) * (1 - tx) + at(x0 + 1, y0) * tx;
    const lower = at(x0, y0 + 1) * (1 - tx) + at(x0 + 1, y0 + 1) * tx;
    return upper * (1 - ty) + lower * ty;
  };
}
