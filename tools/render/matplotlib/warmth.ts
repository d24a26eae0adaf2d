/**
 * What a worker has imported before its programs come. Each fork copies the table of all that its worker holds, and
 * pandas, scipy and seaborn hold more than matplotlib itself, while few charts use them.
 */
export type Warmth = 'plain' | 'scientific';

const scientific = /\b(?:pandas|scipy|seaborn)\b/;

/** The warmth that suits a program best. A wrong guess costs time alone: a plain worker can import them too. */
export function warmthFor(code: string): Warmth {
  return scientific.test(code) ? 'scientific' : 'plain';
}
