import type { Size } from './pixels.ts';

/** One connected region of a mask. Coordinates in pixels; `right` and `bottom` are exclusive. */
export interface Component {
  readonly label: number;
  readonly area: number;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface Components {
  /** Label of each pixel; 0 is outside the mask, `components[label - 1]` describes the others. */
  readonly labels: Int32Array;
  readonly components: readonly Component[];
}

/** Connected regions of the non-zero pixels of a mask, in reading order of their first pixels. */
export function componentsOf(mask: Uint8Array, { width, height }: Size, neighbours: 4 | 8 = 8): Components {
  const labels = new Int32Array(width * height);
  const stack = new Int32Array(width * height);
  const components: Component[] = [];
  for (let start = 0; start < mask.length; start++) {
    if (mask[start] === 0 || labels[start] !== 0) continue;
    const label = components.length + 1;
    let [area, left, top, right, bottom] = [0, width, height, 0, 0];
    let depth = 0;
    const visit = (pixel: number) => {
      if (mask[pixel] === 0 || labels[pixel] !== 0) return;
      labels[pixel] = label;
      stack[depth++] = pixel;
    };
    visit(start);
    while (depth > 0) {
      const pixel = stack[--depth] ?? 0;
      const x = pixel % width;
      const y = (pixel - x) / width;
      area++;
      left = Math.min(left, x);
      right = Math.max(right, x + 1);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y + 1);
      for (let dy = y > 0 ? -1 : 0; dy <= (y < height - 1 ? 1 : 0); dy++) {
        for (let dx = x > 0 ? -1 : 0; dx <= (x < width - 1 ? 1 : 0); dx++) {
          if (neighbours === 8 || dx === 0 || dy === 0) visit(pixel + dy * width + dx);
        }
      }
    }
    components.push({ label, area, left, top, right, bottom });
  }
  return { labels, components };
}
