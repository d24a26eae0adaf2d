import type { Task } from '../task.ts';

/** A picture of an icon, drawn again as SVG. */
export const svg: Task = {
  name: 'svg',
  languages: [{ name: 'svg', extension: 'svg', fences: ['svg', 'xml', 'html'] }],
  categories: ['structure_error', 'shape_error', 'style_error', 'text_symbol_error'],
  generator: { image: { maxSide: 1024, format: 'jpeg' }, sampling: { maxTokens: 8192 } },
  critic: {
    image: { maxSide: 1024, format: 'jpeg' },
    sampling: {
      temperature: 0.7,
      topP: 0.8,
      topK: 20,
      repetitionPenalty: 1,
      presencePenalty: 1.5,
      maxTokens: 4096,
    },
    imageMarks: false,
    systemMessage: false,
    errorFields: ['category', 'severity', 'location', 'description'],
  },
};
