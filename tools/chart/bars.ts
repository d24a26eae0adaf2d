import { componentsOf } from '../image/components.ts';
import type { Rgb } from '../image/ground.ts';
import type { Pixels } from '../image/pixels.ts';
import type { Area, Bar, Edge, Frame } from './model.ts';
import { chromaOf, distance, type Layer } from './palette.ts';

/**
 * The rectangles that a layer is made of; undefined where it is no set of rectangles.
 * @param gap pixels of a hole that is bridged: grid lines drawn over a bar
 */
export function rectanglesOf(
  layer: Layer,
  size: { width: number; height: number },
  gap: number,
): Area[] | undefined {
  const mask = layer.cover.map((value) => (value >= 128 ? 1 : 0));
  bridge(mask, size, gap);
  const { labels, components } = componentsOf(mask, size, 4);
  const rectangles: Area[] = [];
  let [explained, total] = [0, 0];
  for (const one of components) {
    if (one.area < 6) continue;
    total += one.area;
    const found = columnsOf(labels, one.label, one, size.width);
    if (found.length > 40) continue;
    for (const area of found) {
      const extent = (area.right - area.left) * (area.bottom - area.top);
      if (area.right - area.left < 2 || area.bottom - area.top < 1) continue;
      rectangles.push(area);
      explained += extent;
    }
  }
  // Text over a bar leaves holes, so that rectangles may hold somewhat more than was coloured.
  if (total === 0 || explained < 0.9 * total || explained > 1.35 * total) return undefined;
  return rectangles;
}

/** Splits a connected piece where its upper or lower outline jumps. */
function columnsOf(labels: Int32Array, label: number, area: Area, width: number): Area[] {
  const found: Area[] = [];
  let open: { left: number; top: number; bottom: number } | undefined;
  for (let x = area.left; x <= area.right; x++) {
    let [top, bottom] = [-1, -1];
    if (x < area.right) {
      for (let y = area.top; y < area.bottom; y++) {
        if (labels[y * width + x] !== label) continue;
        if (top < 0) top = y;
        bottom = y + 1;
      }
    }
    if (open && top >= 0 && Math.abs(top - open.top) <= 1 && Math.abs(bottom - open.bottom) <= 1) continue;
    if (open) found.push({ left: open.left, top: open.top, right: x, bottom: open.bottom });
    open = top >= 0 ? { left: x, top, bottom } : undefined;
  }
  // Slivers of a pixel at a side are the anti-aliasing of the bar beside them.
  return found.filter((one) => one.right - one.left > 1 || found.length === 1);
}

/** Closes gaps of the mask in columns and rows. */
export function bridge(
  mask: Uint8Array,
  { width, height }: { width: number; height: number },
  gap: number,
): void {
  const close = (count: number, length: number, index: (line: number, position: number) => number) => {
    for (let line = 0; line < count; line++) {
      let last = -1;
      for (let position = 0; position < length; position++) {
        if (!mask[index(line, position)]) continue;
        if (last >= 0 && position - last > 1 && position - last <= gap + 1) {
          for (let k = last + 1; k < position; k++) mask[index(line, k)] = 1;
        }
        last = position;
      }
    }
  };
  close(width, height, (x, y) => y * width + x);
  close(height, width, (y, x) => y * width + x);
}

/** The outline drawn around bars; undefined where there is none. */
export function edgeOf(pixels: Pixels, bars: readonly Bar[], ground: Rgb, frame: Frame): Edge | undefined {
  const at = (x: number, y: number): Rgb => {
    const i = (Math.round(y) * pixels.width + Math.round(x)) * 3;
    return [pixels.data[i] ?? 0, pixels.data[i + 1] ?? 0, pixels.data[i + 2] ?? 0];
  };
  const seen: { colour: Rgb; thickness: number }[] = [];
  for (const bar of bars) {
    const [x, y] = [(bar.left + bar.right) / 2, (bar.top + bar.bottom) / 2];
    const rays: [number, number, number, number][] = [
      [Math.floor(x), bar.top - 1, 0, -1],
      [bar.left - 1, Math.floor(y), -1, 0],
      [bar.right, Math.floor(y), 1, 0],
    ];
    for (const [sx, sy, dx, dy] of rays) {
      if (sx <= frame.left + 1 || sx >= frame.right - 2 || sy <= frame.top + 1 || sy >= frame.bottom - 2)
        continue;
      const ray = [0, 1, 2, 3, 4, 5].map((k) => at(sx + dx * k, sy + dy * k));
      const near = ray.slice(0, 3);
      const [colour] = near.toSorted((a, b) => Math.max(...a) - Math.max(...b));
      if (!colour) continue;
      const from = ray.indexOf(colour);
      const end = ray.findIndex((one, k) => k > from && distance(one, colour) > 60);
      const thickness = end < 0 ? 9 : end;
      const isLine =
        thickness <= 5 &&
        Math.max(...colour) < 110 &&
        chromaOf(colour) < 60 &&
        distance(colour, ground) > 60 &&
        distance(colour, bar.colour) > 40;
      seen.push(isLine ? { colour, thickness } : { colour: ground, thickness: 0 });
    }
  }
  const lines = seen.filter(({ thickness }) => thickness > 0);
  if (lines.length === 0 || lines.length < 0.6 * seen.length) return undefined;
  const sorted = lines.map(({ thickness }) => thickness).sort((a, b) => a - b);
  const darkest = lines.reduce((a, b) => (Math.max(...b.colour) < Math.max(...a.colour) ? b : a));
  return { colour: darkest.colour, thickness: sorted[sorted.length >> 1] ?? 1 };
}
