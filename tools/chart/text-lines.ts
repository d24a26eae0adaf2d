import { type Component, componentsOf } from '../image/components.ts';
import type { Size } from '../image/pixels.ts';
import type { Area } from './model.ts';

/** The smallest rectangle around some others; undefined of none. */
export function around(areas: readonly Area[]): Area | undefined {
  if (areas.length === 0) return undefined;
  return {
    left: Math.min(...areas.map(({ left }) => left)),
    top: Math.min(...areas.map(({ top }) => top)),
    right: Math.max(...areas.map(({ right }) => right)),
    bottom: Math.max(...areas.map(({ bottom }) => bottom)),
  };
}

/** Connected pieces of ink in a part of a mask, in the mask's own coordinates. */
export function glyphsIn(mask: Uint8Array, { width, height }: Size, area: Area): Component[] {
  const left = Math.max(0, Math.floor(area.left));
  const top = Math.max(0, Math.floor(area.top));
  const size = {
    width: Math.min(width, Math.ceil(area.right)) - left,
    height: Math.min(height, Math.ceil(area.bottom)) - top,
  };
  if (size.width <= 0 || size.height <= 0) return [];
  const part = new Uint8Array(size.width * size.height);
  for (let y = 0; y < size.height; y++) {
    part.set(mask.subarray((top + y) * width + left, (top + y) * width + left + size.width), y * size.width);
  }
  return componentsOf(part, size).components.map((one) => ({
    ...one,
    left: one.left + left,
    right: one.right + left,
    top: one.top + top,
    bottom: one.bottom + top,
  }));
}

/** Groups areas whose projections on the vertical are at most `gap` pixels apart: lines of text, from the top. */
export function bandsOf<T extends Area>(
  areas: readonly T[],
  gap: number,
  along: 'rows' | 'columns' = 'rows',
): T[][] {
  const [from, to] = along === 'rows' ? (['top', 'bottom'] as const) : (['left', 'right'] as const);
  const bands: { to: number; members: T[] }[] = [];
  for (const area of [...areas].sort((a, b) => a[from] - b[from])) {
    const last = bands.at(-1);
    if (last && area[from] - last.to <= gap) {
      last.members.push(area);
      last.to = Math.max(last.to, area[to]);
    } else {
      bands.push({ to: area[to], members: [area] });
    }
  }
  return bands.map(({ members }) => members);
}
