import type { Pixels } from '../image/pixels.ts';
import type { Area, Chart, Unreadable } from './model.ts';
import type { TextReader } from './ocr.ts';

/** A picture with what every reading of it begins from. */
export interface Scene {
  readonly pixels: Pixels;
  readonly luma: Uint8Array;
  readonly ground: number;
  readonly groundColour: Chart['ground'];
  readonly noise: number;
  readonly reader: TextReader;
}

export function unreadable(reason: string): Unreadable {
  return { kind: 'unreadable', reason };
}

export function isUnreadable(value: object): value is Unreadable {
  return 'reason' in value;
}

export function overlaps(a: Area, b: Area): boolean {
  return a.left < b.right && a.right > b.left && a.top < b.bottom && a.bottom > b.top;
}

/** Sets the pixels of an area and a margin around it. */
export function fill(mask: Uint8Array, { width, height }: Pixels, area: Area, margin: number): void {
  for (let y = Math.max(0, Math.floor(area.top) - margin); y < Math.min(height, area.bottom + margin); y++) {
    for (let x = Math.max(0, Math.floor(area.left) - margin); x < Math.min(width, area.right + margin); x++)
      mask[y * width + x] = 1;
  }
}
