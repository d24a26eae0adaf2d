import * as z from 'zod';
import { TaskName } from '../../../runtime/settings.ts';

const reference = z
  .string({
    error:
      'there is no reference: a label is a data URL, a path below serve.references, or an object with "reference"',
  })
  .describe('data URL, or path below serve.references');

/** What a trainer's label says: what was to be drawn, and by which kind of code. */
const Label = z.object({
  reference,
  task: TaskName.optional(),
  language: z.string().optional(),
});

/** The same with what the URL says for labels that do not. */
const Placed = Label.extend({
  task: z.enum(TaskName.options, {
    error: ({ input }) =>
      input === undefined
        ? 'what is drawn is not said: give the label a "task", or the URL ?task='
        : `must be one of ${TaskName.options.join(', ')}`,
  }),
});

/** A label is the reference itself, or an object (also as JSON text) that names it and what is drawn. */
export function placeOf(label: unknown, { task, language }: Partial<z.infer<typeof Label>>) {
  const given = objectIn(label);
  const place = typeof given === 'object' && given !== null ? given : { reference: given ?? undefined };
  return Placed.safeParse({ ...(task && { task }), ...(language && { language }), ...place });
}

/** Trainers hand labels on as text. */
function objectIn(label: unknown): unknown {
  if (typeof label !== 'string' || !label.trimStart().startsWith('{')) return label;
  try {
    return JSON.parse(label);
  } catch {
    return label;
  }
}
