import type { Language } from '../../core/task.ts';
import { splitThinking } from '../../models/thinking.ts';
import { type Block, fencedBlocks } from './fences.ts';
import { type Found, shapeOf } from './shapes.ts';

export interface Extracted {
  /** Empty when the reply holds no code of the language. */
  readonly code: string;
  /** The reply ended within the code. */
  readonly truncated: boolean;
}

/** Blocks within blocks (a Markdown document that holds a script) are looked into this deep. */
const MAX_DEPTH = 3;

/**
 * The code in a model's reply: of the answer rather than of the thoughts before it, and of several fenced
 * blocks the last one that is code of this language. Takes time linear in the reply.
 */
export function extractCode(reply: string, language: Language): Extracted {
  const { thought, answer } = splitThinking(reply.replaceAll('\r\n', '\n'));
  const found = codeIn(answer, language) ?? codeIn(thought, language);
  return { code: found ? `${trimBlankLines(found.code)}\n` : '', truncated: found?.cut ?? false };
}

function codeIn(text: string, { name, fences }: Language): Found | undefined {
  const shape = shapeOf(name);
  const blocks = flatten(fencedBlocks(text, fences), fences);
  const ofLanguage = blocks.filter(({ info }) => fences.includes(info));
  const unnamed = blocks.filter(({ info }) => info === '');
  return (
    lastUsable(ofLanguage, shape.inBlock) ??
    lastUsable(unnamed, shape.inBlock) ??
    lastUsable(blocks, shape.inBlock) ??
    shape.inText(text) ??
    lastUsable(ofLanguage, (code) => (code.trim() === '' ? undefined : { code, cut: false }))
  );
}

function lastUsable(blocks: readonly Block[], find: (text: string) => Found | undefined): Found | undefined {
  for (const { text, open } of blocks.toReversed()) {
    const found = find(text);
    if (found) return { code: found.code, cut: found.cut || open };
  }
  return undefined;
}

/** Each block of another language followed by the blocks inside it. */
function flatten(blocks: readonly Block[], names: readonly string[], depth = 1): Block[] {
  return blocks.flatMap((block) => {
    if (names.includes(block.info) || depth >= MAX_DEPTH) return [block];
    return [block, ...flatten(fencedBlocks(block.text, names), names, depth + 1)];
  });
}

/** Blank lines around the code go; its indentation stays, as Python needs it. */
function trimBlankLines(code: string): string {
  const lines = code.split('\n');
  const isText = (line: string) => line.trim() !== '';
  return lines.slice(lines.findIndex(isText), lines.findLastIndex(isText) + 1).join('\n');
}
