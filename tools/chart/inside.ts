import type { Rgb } from '../image/ground.ts';
import type { Pixels } from '../image/pixels.ts';
import type { Area } from './model.ts';
import { chromaOf } from './palette.ts';
import { around, glyphsIn } from './text-lines.ts';

/** Dark grey ink: letters, edges, black lines. */
export function darkInk(pixels: Pixels, ground: number): Uint8Array {
  const mask = new Uint8Array(pixels.width * pixels.height);
  for (let i = 0; i < mask.length; i++) {
    const colour: Rgb = [pixels.data[i * 3] ?? 0, pixels.data[i * 3 + 1] ?? 0, pixels.data[i * 3 + 2] ?? 0];
    if (ground - Math.max(...colour) > 95 && chromaOf(colour) < 36) mask[i] = 1;
  }
  return mask;
}

/** Lines of dark text in an area: letter-sized pieces of ink side by side. */
export function textLinesIn(dark: Uint8Array, pixels: Pixels, area: Area, em: number): Area[] {
  const glyphs = glyphsIn(dark, pixels, area).filter(
    (glyph) =>
      glyph.bottom - glyph.top <= 1.25 * em &&
      glyph.right - glyph.left <= 1.9 * em &&
      (glyph.bottom - glyph.top >= 0.12 * em || glyph.right - glyph.left >= 0.12 * em) &&
      !isOutline(pixels, glyph, em),
  );
  const groups: Area[][] = [];
  for (const glyph of [...glyphs].sort((a, b) => a.left - b.left)) {
    const joined = groups.filter((group) => group.some((other) => follows(other, glyph, em)));
    const [first, ...rest] = joined;
    if (!first) {
      groups.push([glyph]);
      continue;
    }
    first.push(glyph);
    for (const other of rest) {
      first.push(...other);
      groups.splice(groups.indexOf(other), 1);
    }
  }
  return groups.flatMap((group) => {
    const box = around(group);
    return box && box.bottom - box.top >= 0.42 * em && (group.length >= 2 || box.right - box.left >= 0.3 * em)
      ? [box]
      : [];
  });
}

/** The edge drawn around a legend's patch: coloured inside. */
function isOutline({ width, data }: Pixels, { left, top, right, bottom }: Area, em: number): boolean {
  if (right - left < 0.7 * em) return false;
  const i = (((top + bottom) >> 1) * width + ((left + right) >> 1)) * 3;
  return chromaOf([data[i] ?? 0, data[i + 1] ?? 0, data[i + 2] ?? 0]) > 36;
}

function follows(a: Area, b: Area, em: number): boolean {
  const gap = Math.max(b.left - a.right, a.left - b.right);
  const shared = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  // Dots and dashes share little height with letters but stand within their line.
  const small = Math.min(a.bottom - a.top, b.bottom - b.top);
  const near = Math.min(Math.abs(a.bottom - b.bottom), Math.abs(a.top - b.top)) < 0.5 * em;
  return gap < 0.72 * em && (shared > 0.35 * small || (near && shared > -0.35 * em && gap < 0.35 * em));
}
