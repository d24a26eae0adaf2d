import type { Critic } from '../../core/critic.ts';
import { ConfigError } from '../../core/errors.ts';
import type { Generated, GenerateRequest, PreviousDraft } from '../../core/generator.ts';
import type { Picture } from '../../core/picture.ts';
import type { Renderer } from '../../core/render.ts';
import type { Language, Task } from '../../core/task.ts';

export interface Pair<Draft> {
  readonly task: Task;
  readonly language: Language;
  readonly renderer: Renderer;
  readonly critic: Critic;
  generate(request: GenerateRequest): Promise<Draft>;
}

/** What came of one picture in the loop of the product: generate, render, criticise, again. */
export interface Refined<Draft> {
  readonly kind: 'read';
  /** The round that the product returns: the least severity, then the least residual. */
  readonly draft: Draft;
  readonly render: Picture;
  /** What the critic said by round; after the last one, what it said last. */
  readonly rounds: readonly { readonly severity: number; readonly residual: number }[];
  /** Milliseconds of the first draft, and of all rounds. */
  readonly first: number;
  readonly all: number;
}

export interface Abstained {
  readonly kind: 'abstained';
  readonly reason: string;
  readonly all: number;
}

/** Revisions after the first draft, as the product has them by default. */
export const REVISIONS = 3;

/** Reads one picture; a picture that the reader says it cannot read is an answer, not an error. */
export async function refined<Draft extends Pick<Generated, 'code' | 'exhausted'>>(
  image: Picture,
  { task, language, renderer, critic, generate }: Pair<Draft>,
): Promise<Refined<Draft> | Abstained> {
  const started = performance.now();
  const size = { width: image.width, height: image.height };
  const rounds: { severity: number; residual: number }[] = [];
  let [best, previous, first]: [Refined<Draft> | undefined, PreviousDraft | undefined, number] = [
    undefined,
    undefined,
    0,
  ];
  try {
    for (let round = 0; round <= REVISIONS; round++) {
      const draft = await generate({ task, language, image, ...(previous && { previous }) });
      if (round === 0) first = performance.now() - started;
      const result = await renderer.render({ code: draft.code, size });
      if (result.kind === 'render-failure') return { kind: 'abstained', reason: result.message, all: first };
      const feedback = await critic.critique({ task, reference: image, candidate: result.picture });
      if (feedback.kind === 'critic-failure')
        return { kind: 'abstained', reason: feedback.reason, all: performance.now() - started };
      const score = { severity: feedback.severitySum, residual: feedback.residual ?? 0 };
      const least = rounds.reduce(
        (one, other) => (isBelow(other, one) ? other : one),
        rounds[0] ?? { severity: Infinity, residual: 1 },
      );
      rounds.push(score);
      if (!best || isBelow(score, least))
        best = { kind: 'read', draft, render: result.picture, rounds, first, all: 0 };
      previous = { code: draft.code, feedback };
      if (score.severity === 0 || draft.exhausted) break;
    }
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return { kind: 'abstained', reason: error.message, all: performance.now() - started };
  }
  if (!best) return { kind: 'abstained', reason: 'nothing was drawn', all: performance.now() - started };
  return { ...best, all: performance.now() - started };
}

function isBelow(
  a: { readonly severity: number; readonly residual: number },
  b: { readonly severity: number; readonly residual: number },
): boolean {
  return a.severity < b.severity || (a.severity === b.severity && a.residual < b.residual);
}
