import { styleText } from 'node:util';

type Style = (text: string) => string;

/** Text styles for a terminal; plain text where colours are not wanted. */
export function styles(colours: boolean): { bold: Style; dim: Style; good: Style; bad: Style; warn: Style } {
  const style =
    (format: Parameters<typeof styleText>[0]): Style =>
    (text) =>
      colours ? styleText(format, text, { validateStream: false }) : text;
  return {
    bold: style('bold'),
    dim: style('dim'),
    good: style('green'),
    bad: style('red'),
    warn: style('yellow'),
  };
}
