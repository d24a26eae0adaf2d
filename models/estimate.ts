import type { ChatRequest } from './chat.ts';

/** English text and code, in the tokenizers of today's models. */
const CHARACTERS_PER_TOKEN = 4;
/** Qwen3-VL: a token for each 32 x 32 pixels, after each side is rounded to a multiple of 32. */
const PATCH = 32;

export interface Size {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

export function imageTokens({ width, height }: Size): number {
  const patches = (side: number) => Math.max(1, Math.round(side / PATCH));
  return patches(width) * patches(height);
}

export function textTokens(text: string): number {
  return Math.ceil(text.length / CHARACTERS_PER_TOKEN);
}

/** Pixels of a picture once no side exceeds `maxSide`. */
export function sizeWithin({ width, height }: Size, maxSide: number): Size {
  const scale = Math.min(1, maxSide / Math.max(width, height));
  return {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  };
}

/** Prompt tokens of a request before it is sent: those of its text, and of its pictures where their size is told. */
export function promptTokens({ system = '', parts }: ChatRequest): number {
  return parts.reduce((sum, part) => {
    if (part.type === 'text') return sum + textTokens(part.text);
    return sum + (part.size ? imageTokens(part.size) : 0);
  }, textTokens(system));
}
