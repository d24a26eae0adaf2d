import type { Score } from './score.ts';
import { codePoints } from './text/levenshtein.ts';

/** Length of code in characters (code points); parts also give bytes in UTF-8 and lines that are not empty. */
export function codeLength(code: string): Score {
  const characters = codePoints(code).length;
  const bytes = Buffer.byteLength(code);
  const lines = code.split('\n').filter((line) => line.trim() !== '').length;
  return {
    value: characters,
    parts: { bytes, lines },
    explanation: `${characters} characters in ${lines} lines.`,
  };
}
