import type { EarlierDraft, GenerateRequest, PreviousDraft } from '../../core/generator.ts';
import type { Round } from '../../core/record.ts';
import type { Stop } from '../../core/stop.ts';
import { noUsage } from '../../core/usage.ts';
import { type Dependencies, emitterOf, type NodeRuntime } from '../dependencies.ts';
import { refusalOf } from '../refusal.ts';
import type { AttemptState, Draft } from '../state.ts';

/** Asks the generator for code: a first draft, or a revision of a round by its feedback. */
export function generateNode(dependencies: Dependencies) {
  const { task, language, generator, pictures, showRender, observer, feedback = 'full' } = dependencies;
  return async (state: AttemptState, runtime: NodeRuntime): Promise<{ draft: Draft } | { refused: Stop }> => {
    const { signal } = runtime;
    const emit = emitterOf(dependencies, runtime);
    const { index, step, parent: revised } = state;
    const parent = revised?.index ?? null;
    emit({ type: 'round-started', round: index, parent, step });
    const started = performance.now();
    const request: GenerateRequest = {
      task,
      language,
      image: pictures.get(state.image),
      ...(state.instructions && { instructions: state.instructions }),
      ...(revised && { previous: previousOf(revised, state.earlier) }),
      sample: index,
      ...(signal && { signal }),
      onDelta: (text) => emit({ type: 'code-delta', round: index, text }),
      onRetry: (retry) => emit({ type: 'call-retried', role: 'generator', ...retry }),
    };
    const generated = await generator.generate(request).catch(refusalOf);
    if ('stop' in generated) return { refused: generated.stop };
    const ms = performance.now() - started;
    const { code, reply, usage } = generated;
    emit({ type: 'code-generated', round: index, code, usage, ms });
    const draft: Draft = {
      index,
      parent,
      step,
      code,
      reply,
      truncated: generated.truncated ?? false,
      exhausted: generated.exhausted ?? false,
      confidence: generated.confidence ?? null,
      render: null,
      critique: null,
      usage: { generator: usage, critic: noUsage },
      ms: { generate: ms, render: 0, critique: 0 },
    };
    observer?.draft(draft);
    return { draft };
  };

  function previousOf(round: Round, earlier: readonly Round[]): PreviousDraft {
    return {
      ...toldOf(round, feedback),
      ...(earlier.length > 0 && { earlier: earlier.map((each) => toldOf(each, feedback)) }),
      ...(showRender && round.render.kind === 'rendered' && { render: pictures.get(round.render.picture) }),
    };
  }
}

function toldOf({ code, render, critique }: Round, feedback: 'full' | 'score' | 'none'): EarlierDraft {
  if (render.kind === 'render-failure') return { code, feedback: render };
  if (critique?.kind === 'critique' && feedback === 'score') {
    return { code, feedback: { kind: 'score', severitySum: critique.severitySum } };
  }
  if (critique && feedback !== 'none') return { code, feedback: critique };
  const reason = critique ? 'the strategy withholds it' : 'the render was not criticised';
  return { code, feedback: { kind: 'critic-failure', critic: 'none', reason, usage: noUsage } };
}
