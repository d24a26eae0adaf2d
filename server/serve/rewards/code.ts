import * as z from 'zod';
import { extractCode } from '../../../agents/lvlm/extract.ts';
import { languageOf, taskNamed } from '../../../core/tasks/index.ts';
import { TaskName } from '../../../runtime/settings.ts';
import { readField } from '../refused.ts';
import { type CallParts, checkLength } from './calls.ts';

/** A piece of code as requests bring it. */
export const CodeFields = z.object({
  task: TaskName.describe('what it draws: chart, table or svg'),
  language: z.string().exactOptional().describe("language of the code; default: the task's first"),
  code: z.string().exactOptional().describe('the code alone'),
  response: z
    .string()
    .exactOptional()
    .describe("in place of code: a model's whole reply, of which the code is taken"),
});
export type CodeFields = z.infer<typeof CodeFields>;

/** The code, empty when there is none. @throws Refused 400 for an unknown language, 413 for too much code. */
export function codeOf(
  { task, language, code, response = '' }: CodeFields,
  limits: CallParts['limits'],
): { readonly code: string; readonly language: string } {
  const named = readField('language', () => languageOf(taskNamed(task), language));
  if (code !== undefined) return { code: checkLength('code', code, limits), language: named.name };
  return { code: extractCode(checkLength('response', response, limits), named).code, language: named.name };
}
