import * as z from 'zod';
import { CriticResult } from '../../../core/critique.ts';
import { Hack, RenderFailure, type RenderResult } from '../../../core/render.ts';
import type { Outcome } from '../../../core/reward.ts';
import { noUsage, Usage } from '../../../core/usage.ts';
import type { Calling, CallParts } from './calls.ts';
import { CodeFields, codeOf } from './code.ts';

/** One sample to be rewarded. */
export const Sample = CodeFields.extend({
  reference: z
    .string()
    .describe('the picture that was to be drawn: data URL, or path below serve.references'),
});
export type Sample = z.infer<typeof Sample>;

const facts = {
  hacks: z.array(Hack).describe('ways in which the code fakes likeness; then it counts as not rendered'),
  usage: Usage,
};

/** What became of one sample. */
export const Judged = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('scored'), severity: z.int(), critique: CriticResult, ...facts }),
  z.object({
    kind: z.literal('unscored').describe('it renders; the critic gave nothing usable'),
    critique: CriticResult,
    ...facts,
  }),
  z.object({ kind: z.literal('not-rendered'), failure: RenderFailure, ...facts }),
  z.object({ kind: z.literal('hacked'), ...facts }),
]);
export type Judged = z.infer<typeof Judged>;

export interface JudgeOptions {
  readonly critic?: string;
}

/** Renders a sample's code and has the critic compare it with its reference. */
export async function judge(
  sample: Sample,
  { critic }: JudgeOptions,
  { caller: { budget }, signal }: Calling,
  { verisim, pictures, limits }: CallParts,
): Promise<Judged> {
  const { task } = sample;
  const { code, language } = codeOf(sample, limits);
  const reference = await pictures.read(sample.reference, 'reference', signal);
  const { width, height } = reference;
  const render: RenderResult =
    code.trim() === ''
      ? { kind: 'render-failure', outcome: 'no-code', message: 'There is no code.' }
      : await verisim.render(code, { task, language, size: { width, height }, signal });
  if (render.kind === 'render-failure') {
    return { kind: 'not-rendered', failure: render, hacks: [], usage: noUsage };
  }
  const hacks = [...render.hacks];
  // What it is like does not matter any more, and a critic costs.
  if (hacks.length > 0) return { kind: 'hacked', hacks, usage: noUsage };
  const critique = await verisim.critique(reference, render.picture, {
    task,
    ...(critic !== undefined && { critic }),
    ...(budget && { budget }),
    signal,
  });
  const { usage } = critique;
  if (critique.kind === 'critic-failure') return { kind: 'unscored', critique, hacks, usage };
  return { kind: 'scored', severity: critique.severitySum, critique, hacks, usage };
}

/** What a reward is computed from. */
export function outcomeOf(judged: Judged): Outcome {
  if (judged.kind === 'scored') return { rendered: true, severitySum: judged.severity };
  return { rendered: judged.kind === 'unscored', severitySum: null };
}
