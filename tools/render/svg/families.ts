/** Usual families and the pinned one of the same metrics (or at least of the same kind). */
const aliases: readonly (readonly [RegExp, string])[] = [
  [/(["']?)\b(?:Arial|Helvetica Neue|Helvetica)\b\1/gi, '$1Liberation Sans$1'],
  [/(["']?)\b(?:Times New Roman|Times|Georgia)\b\1/gi, '$1Liberation Serif$1'],
  [/(["']?)\b(?:Courier New|Courier|Consolas|Menlo|Monaco)\b\1/gi, '$1Liberation Mono$1'],
];

/** Names the pinned font in every `font-family` and `font` of a style, as fontconfig does for other programs. */
export function aliasFamilies(css: string): string {
  return css.replace(/\bfont(?:-family)?\s*:[^;{}]*/gi, (declaration) =>
    aliases.reduce((text, [family, pinned]) => text.replace(family, pinned), declaration),
  );
}
