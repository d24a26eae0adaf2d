/** Text that no HTML parser reads as markup: names of pictures and strategies come from outside. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Colours that people with colour blindness tell apart (Okabe, Ito, 2008); defined in style.ts for light and dark. */
const COLOURS = 7;

export function colourOf(index: number): string {
  return `var(--c${index % COLOURS})`;
}

/** A number as an axis or a label says it: `0.85`, `12`, `3.4k`, `$0.002`. */
export function short(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 1e6) return `${trimmed(value / 1e6, 1)}M`;
  if (size >= 1e4) return `${trimmed(value / 1e3, 1)}k`;
  return trimmed(value, Math.max(0, 2 - Math.floor(Math.log10(size))));
}

function trimmed(value: number, decimals: number): string {
  return String(Number(value.toFixed(Math.min(8, decimals))));
}
