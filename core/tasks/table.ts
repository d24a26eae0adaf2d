import type { Task } from '../task.ts';

/** A picture of a table, written again as HTML or Markdown. */
export const table: Task = {
  name: 'table',
  languages: [
    { name: 'html', extension: 'html', fences: ['html', 'xhtml', 'htm'] },
    { name: 'markdown', extension: 'md', fences: ['markdown', 'md', 'gfm'] },
  ],
  categories: ['layout_error', 'text_error', 'numeric_error'],
  generator: { image: { maxSide: 1024, format: 'png' }, sampling: { maxTokens: 8192 } },
  critic: {
    image: { maxSide: 768, format: 'png' },
    sampling: { temperature: 0, repetitionPenalty: 1.05, maxTokens: 8192 },
    imageMarks: true,
    systemMessage: true,
    errorFields: ['type', 'severity', 'description'],
  },
};
