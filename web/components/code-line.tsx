import type { Token } from '../lib/highlight.ts';
import type { Range } from '../lib/line-diff.ts';

/** One line of code as text nodes with classes: whatever a model wrote stays text. */
export function CodeLine({ tokens, marks = [] }: { tokens: readonly Token[]; marks?: readonly Range[] }) {
  return (
    <code>
      {split(tokens, marks).map(({ text, scope, marked }, index) => {
        const name = [scope, marked && 'marked'].filter(Boolean).join(' ');
        // Pieces have no identity of their own, and a line is always drawn anew.
        return name === '' ? (
          text
        ) : (
          <span key={`${index}`} class={name}>
            {text}
          </span>
        );
      })}
      {'\n'}
    </code>
  );
}

interface Piece extends Token {
  readonly marked: boolean;
}

/** Cuts tokens where a mark begins or ends. */
function split(tokens: readonly Token[], marks: readonly Range[]): Piece[] {
  const cuts = marks.flat();
  const pieces: Piece[] = [];
  let at = 0;
  for (const { text, scope } of tokens) {
    const end = at + text.length;
    const bounds = [at, ...cuts.filter((cut) => cut > at && cut < end), end];
    for (const [index, from] of bounds.slice(0, -1).entries()) {
      const to = bounds[index + 1] ?? end;
      const marked = marks.some(([begin, stop]) => from >= begin && from < stop);
      pieces.push({ text: text.slice(from - at, to - at), scope, marked });
    }
    at = end;
  }
  return pieces;
}
