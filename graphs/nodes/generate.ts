import type { PreviousDraft } from '../../core/generator.ts';
import type { Round } from '../../core/record.ts';
import { noUsage } from '../../core/usage.ts';
import type { Dependencies, NodeRuntime } from '../dependencies.ts';
import type { Draft, RunState } from '../state.ts';

/** Asks the generator for code: a first draft, or a revision of the last round's by its feedback. */
export function generateNode({ task, language, generator, pictures, showRender }: Dependencies) {
  return async (state: RunState, { signal, writer }: NodeRuntime): Promise<{ draft: Draft }> => {
    const index = state.rounds.length;
    const last = state.rounds.at(-1);
    const parent = last?.index ?? null;
    writer?.({ type: 'round-started', round: index, parent });
    const started = performance.now();
    const generated = await generator.generate({
      task,
      language,
      image: pictures.get(state.image),
      ...(state.instructions && { instructions: state.instructions }),
      ...(last && { previous: previousOf(last) }),
      ...(signal && { signal }),
      onDelta: (text) => writer?.({ type: 'code-delta', round: index, text }),
      onRetry: (retry) => writer?.({ type: 'call-retried', role: 'generator', ...retry }),
    });
    const ms = performance.now() - started;
    const { code, reply, usage } = generated;
    writer?.({ type: 'code-generated', round: index, code, usage, ms });
    return {
      draft: {
        index,
        parent,
        code,
        reply,
        truncated: generated.truncated ?? false,
        exhausted: generated.exhausted ?? false,
        confidence: generated.confidence ?? null,
        render: null,
        critique: null,
        usage: { generator: usage, critic: noUsage },
        ms: { generate: ms, render: 0, critique: 0 },
      },
    };
  };

  function previousOf({ code, render, critique }: Round): PreviousDraft {
    if (render.kind === 'render-failure') return { code, feedback: render };
    const feedback = critique ?? {
      kind: 'critic-failure',
      critic: 'none',
      reason: 'the render was not criticised',
      usage: noUsage,
    };
    return { code, feedback, ...(showRender && { render: pictures.get(render.picture) }) };
  }
}
