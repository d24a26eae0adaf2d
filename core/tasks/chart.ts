import type { Task } from '../task.ts';

/** A picture of a chart, drawn again by a matplotlib script. */
export const chart: Task = {
  name: 'chart',
  languages: [{ name: 'matplotlib', extension: 'py', fences: ['python', 'py', 'python3', 'matplotlib'] }],
  categories: ['structure_error', 'data_error', 'text_error', 'style_error'],
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
