export interface Block {
  /** First word of the info string, lower case; empty when there is none. */
  readonly info: string;
  readonly text: string;
  /** The fence was never closed: the reply ended inside it. */
  readonly open: boolean;
}

interface Fence {
  /** The run of backticks or tildes. */
  readonly mark: string;
  readonly info: string;
  readonly indent: number;
  readonly lines: string[];
}

/**
 * Fenced code blocks of a reply in Markdown, in order. More lenient than CommonMark, as models are: any
 * indentation, words before a fence, code on the lines of the fences, and a second opening fence of `names`
 * where the first was never closed. Takes time linear in the reply.
 */
export function fencedBlocks(reply: string, names: readonly string[]): Block[] {
  const blocks: Block[] = [];
  let fence: Fence | undefined;
  const close = (open: boolean) => {
    if (fence) blocks.push({ info: fence.info, text: fence.lines.join('\n'), open });
    fence = undefined;
  };
  for (const line of reply.split('\n')) {
    const opening = openingOf(line, names);
    const restarts = opening !== undefined && opening.mark === fence?.mark && names.includes(opening.info);
    if (opening && (!fence || restarts)) {
      close(false);
      fence = opening;
      // "```svg <svg … /> ```", all on one line
      const whole = lastLineOf(opening.lines[0] ?? '', opening.mark);
      if (whole === undefined) continue;
      opening.lines.splice(0, 1, whole);
      close(false);
    } else if (fence) {
      const last = lastLineOf(line, fence.mark);
      if (last !== '') fence.lines.push((last ?? line).slice(indentOf(line, fence.indent)));
      if (last !== undefined) close(false);
    }
  }
  close(true);
  return blocks;
}

function openingOf(line: string, names: readonly string[]): Fence | undefined {
  const body = line.trimStart();
  const at = body.startsWith('~~~') ? line.length - body.length : line.indexOf('```');
  if (at < 0) return undefined;
  const [mark = ''] = /^(?:`+|~+)/.exec(line.slice(at)) ?? [];
  const [, word = ''] = /^[ \t]*([\w+#.-]*)/.exec(line.slice(at + mark.length)) ?? [];
  const rest = line
    .slice(at + mark.length)
    .trimStart()
    .slice(word.length)
    .trim();
  const info = word.toLowerCase();
  const named = names.includes(info);
  // Behind words, only what plainly opens a block of this language: prose also speaks of fences.
  if (at > line.length - body.length && (!named || rest !== '')) return undefined;
  // Attributes may follow the info string; markup there is the first line of the code.
  const first = rest.startsWith('<') ? [rest] : [];
  if (first.length === 0 && rest.includes('`')) return undefined;
  return { mark, info, indent: Math.max(0, line.length - body.length), lines: first };
}

/** What stands before a closing fence on this line; undefined when the line closes nothing. */
function lastLineOf(line: string, mark: string): string | undefined {
  const text = line.trimEnd();
  const char = mark[0] ?? '`';
  let start = text.length;
  while (start > 0 && text[start - 1] === char) start -= 1;
  if (text.length - start < mark.length) return undefined;
  const before = text.slice(0, start);
  return before.includes(char) ? undefined : before.trimEnd();
}

/** How much of the fence's own indentation this line shares. */
function indentOf(line: string, indent: number): number {
  return Math.min(indent, line.length - line.trimStart().length);
}
