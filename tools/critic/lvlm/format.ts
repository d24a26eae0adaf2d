import type { Task } from '../../../core/task.ts';
import type { ResponseFormat } from '../../../models/chat.ts';

/** Bounds against endless lists and white-space loops, well above what a critic has to say. */
const MAX_ERRORS = 60;
const MAX_LENGTH = 500;

/** The critic's answer as a JSON Schema: the errors, then how many there are of each category. */
export function critiqueFormat(task: Task): ResponseFormat {
  const text = { type: 'string', maxLength: MAX_LENGTH };
  const category = { type: 'string', enum: task.categories };
  const fields = {
    category,
    type: category,
    severity: { type: 'integer', enum: [1, 2, 3] },
    location: text,
    description: text,
  };
  const { errorFields } = task.critic;
  const counts = task.categories.map((name) => `${name}_count`);
  return {
    name: `${task.name}_critique`,
    schema: {
      type: 'object',
      properties: {
        errors: {
          type: 'array',
          maxItems: MAX_ERRORS,
          items: {
            type: 'object',
            properties: Object.fromEntries(errorFields.map((name) => [name, fields[name]])),
            required: errorFields,
            additionalProperties: false,
          },
        },
        ...Object.fromEntries(counts.map((name) => [name, { type: 'integer', minimum: 0 }])),
      },
      required: ['errors', ...counts],
      additionalProperties: false,
    },
  };
}
