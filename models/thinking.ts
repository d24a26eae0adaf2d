const OPEN = /<(?:think|thinking|thought|reasoning)>/gi;
const CLOSE = /<\/(?:think|thinking|thought|reasoning)>/gi;

/**
 * Parts a reply into what the model thought and what it answered. The answer follows the last end mark, as the
 * begin mark is often in the server's template; a thought without an end goes on to the end of the reply.
 */
export function splitThinking(reply: string): { readonly thought: string; readonly answer: string } {
  const end = [...reply.matchAll(CLOSE)].at(-1);
  const start = end ? end.index + end[0].length : 0;
  const rest = reply.slice(start);
  OPEN.lastIndex = 0;
  const open = OPEN.exec(rest);
  if (!open) return { thought: reply.slice(0, start), answer: rest };
  // What stands before an unclosed thought is an answer; the thought itself is not.
  return { thought: reply.slice(0, start) + rest.slice(open.index), answer: rest.slice(0, open.index) };
}
