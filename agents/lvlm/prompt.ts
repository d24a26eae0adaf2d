import type { EarlierDraft, GenerateRequest } from '../../core/generator.ts';
import type { Language } from '../../core/task.ts';
import type { Prompts } from '../../prompts/load.ts';
import { feedbackText, toldText } from './feedback.ts';

/** The instruction of a first draft or of a revision. `size`: pixels of the picture as the model sees it. */
export function instructionOf(
  prompts: Prompts,
  { task, language, instructions, previous }: GenerateRequest,
  size: { readonly width: number; readonly height: number },
): string {
  const wish = instructions?.trim();
  const values = { ...size, instructions: wish ? prompts.fill('feedback/instructions', { wish }) : '' };
  const role = (name: string) => {
    const special = `${task.name}/${name}.${language.name}`;
    return prompts.has(special) ? special : `${task.name}/${name}`;
  };
  const fresh = () => prompts.fill(role('generate'), values);
  if (!previous) return fresh();
  if (previous.code.trim() === '') return `${prompts.fill('feedback/no-code')}\n\n${fresh()}`;
  const revise = prompts.fill(role('revise'), {
    ...values,
    code: fenced(previous.code, language),
    feedback: feedbackText(prompts, previous),
  });
  const { earlier = [] } = previous;
  return earlier.length > 0 ? `${historyOf(prompts, earlier, language)}\n\n${revise}` : revise;
}

/** Before the instruction, so that the last draft is the one that stands nearest to it. */
function historyOf(prompts: Prompts, earlier: readonly EarlierDraft[], language: Language): string {
  const drafts = earlier.map((draft, index) =>
    [
      `Attempt ${index + 1}:`,
      draft.code.trim() === '' ? '(no code)' : fenced(draft.code, language),
      toldText(prompts, draft),
    ].join('\n\n'),
  );
  return prompts.fill('feedback/history', { drafts: drafts.join('\n\n') });
}

/** A fence longer than any run of backticks inside, so that the code cannot end it. */
function fenced(code: string, { fences: [info = ''] }: Language): string {
  const runs = code.match(/`+/g) ?? [];
  const mark = '`'.repeat(runs.reduce((longest, run) => Math.max(longest, run.length + 1), 3));
  return `${mark}${info}\n${code.trimEnd()}\n${mark}`;
}
