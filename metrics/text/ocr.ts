const plain: readonly (readonly [RegExp, string])[] = [
  [/[‘’‚]/g, "'"],
  [/[“”„]/g, '"'],
  [/＿/g, '_'],
  [/[–—‑‒−]/g, '-'],
  [/\u00b5/g, '\u03bc'],
];

/**
 * Text as olmOCR-bench compares it: line breaks and runs of white space are one space, Markdown and HTML bold and
 * italics are taken off, Unicode is NFC, and quotes, dashes and the micro sign are the plain ones.
 */
export function normaliseOcrText(text: string): string {
  const unmarked = text
    .replace(/<br\/?>/g, ' ')
    .replace(/\*\*(.*?)\*\*/g, '$1')
    .replace(/__(.*?)__/g, '$1')
    .replace(/<\/?[bi]>/g, '')
    .replace(/(\*\*|__)(.*?)\1/g, '$2')
    .replace(/(\*|_)(.*?)\1/g, '$2')
    .replace(/\s+/g, ' ')
    .normalize('NFC');
  return plain.reduce((result, [pattern, character]) => result.replace(pattern, character), unmarked);
}
