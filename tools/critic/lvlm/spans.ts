/** A piece of a reply that may be JSON. */
export interface Span {
  readonly text: string;
  /** Its brackets close. If not, `text` ends with the last part that was complete, and is closed for it. */
  readonly complete: boolean;
}

const MAX_DEPTH = 32;
/** Brackets in prose that lead nowhere are passed over, this many of them. */
const MAX_OPEN = 40;

/**
 * The outermost pieces of a text that look like a JSON object or array, in order. Deeper nesting than any
 * critique has is not followed, so that no parser overflows.
 */
export function jsonSpans(text: string): Span[] {
  const spans: Span[] = [];
  let unclosed = 0;
  for (let at = nextBracket(text, 0); at >= 0 && unclosed < MAX_OPEN; at = nextBracket(text, at)) {
    const { end, span } = scan(text, at);
    if (span) spans.push(span);
    if (end === undefined) unclosed += 1;
    at = end ?? at + 1;
  }
  return spans;
}

function nextBracket(text: string, from: number): number {
  const [object, array] = [text.indexOf('{', from), text.indexOf('[', from)];
  return object < 0 || array < 0 ? Math.max(object, array) : Math.min(object, array);
}

/** Follows brackets outside strings from `start` until they close. */
function scan(text: string, start: number): { end?: number; span?: Span } {
  const closers: string[] = [];
  let inString = false;
  let lastWhole: { end: number; closers: string } | undefined;
  for (let at = start; at < text.length; at += 1) {
    const char = text[at];
    if (inString) {
      if (char === '\\') at += 1;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === '{' || char === '[') {
      closers.push(char === '{' ? '}' : ']');
      if (closers.length > MAX_DEPTH) return {};
    } else if (char === '}' || char === ']') {
      closers.pop();
      const end = at + 1;
      if (closers.length === 0) return { end, span: { text: text.slice(start, end), complete: true } };
      lastWhole = { end, closers: closers.toReversed().join('') };
    }
  }
  if (!lastWhole) return {};
  return { span: { text: text.slice(start, lastWhole.end) + lastWhole.closers, complete: false } };
}
