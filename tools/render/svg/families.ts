/** Usual families and the pinned one of the same metrics (or at least of the same kind). */
const aliases: readonly (readonly [RegExp, string])[] = [
  [/(["']?)\b(?:Arial|Helvetica Neue|Helvetica)\b\1/gi, '$1Liberation Sans$1'],
  [/(["']?)\b(?:Times New Roman|Times|Georgia)\b\1/gi, '$1Liberation Serif$1'],
  [/(["']?)\b(?:Courier New|Courier|Consolas|Menlo|Monaco)\b\1/gi, '$1Liberation Mono$1'],
  // A generic family stands alone in its place of the list, which "DejaVu Serif" does not. The drawing library has
  // settings for them and draws its default all the same.
  [generic('serif|ui-serif|cursive'), '$1Liberation Serif'],
  [generic('monospace|ui-monospace'), '$1Liberation Mono'],
];

function generic(names: string): RegExp {
  return new RegExp(String.raw`([:,]\s*)(?:${names})(?=\s*(?:,|!|$))`, 'gi');
}

const shorthand =
  /\bfont\s*:\s*((?:(?:italic|oblique|bold|bolder|lighter|normal|small-caps|[1-9]00)\s+)*)(\d*\.?\d+[a-z%]*)(?:\s*\/\s*[\w.%]+)?\s+([^;{}!]+)/gi;

/** `font` in one declaration, which the drawing library does not know, as those that it stands for. */
function spelledOut(css: string): string {
  return css.replace(shorthand, (_, look: string, size: string, family: string) => {
    const style = /italic|oblique/i.exec(look)?.[0] ?? 'normal';
    const weight = /bolder|bold|lighter|[1-9]00/i.exec(look)?.[0] ?? 'normal';
    return `font-style:${style};font-weight:${weight};font-size:${size};font-family:${family}`;
  });
}

/** Names the pinned font in every `font-family` and `font` of a style, as fontconfig does for other programs. */
export function aliasFamilies(css: string): string {
  return spelledOut(css).replace(/\bfont-family\s*:[^;{}]*/gi, (declaration) =>
    aliases.reduce((text, [family, pinned]) => text.replace(family, pinned), declaration),
  );
}
