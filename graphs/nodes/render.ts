import type { RenderRecord, Round } from '../../core/record.ts';
import type { RenderResult } from '../../core/render.ts';
import { type Dependencies, emitterOf, type NodeRuntime } from '../dependencies.ts';
import { type AttemptState, type Draft, draftOf } from '../state.ts';
import { closeRound } from './close.ts';

/** Renders the draft's code. Code that does not render is a result like any other; it ends the round, as does no critic. */
export function renderNode(dependencies: Dependencies) {
  const { renderer, critic, pictures, observer } = dependencies;
  return async (state: AttemptState, runtime: NodeRuntime): Promise<{ draft: Draft; rounds?: Round }> => {
    const { signal } = runtime;
    const draft = draftOf(state);
    const { width, height } = pictures.get(state.image);
    const started = performance.now();
    const result: RenderResult =
      draft.code.trim() === ''
        ? { kind: 'render-failure', outcome: 'no-code', message: 'The reply holds no code.' }
        : await renderer.render({ code: draft.code, size: { width, height }, ...(signal && { signal }) });
    const ms = performance.now() - started;
    const render = keep(result);
    const rendered = { ...draft, render, ms: { ...draft.ms, render: ms } };
    observer?.draft(rendered);
    emitterOf(dependencies, runtime)({ type: 'render-finished', round: draft.index, render, ms });
    const ends = !critic || render.kind === 'render-failure';
    return { draft: rendered, ...(ends && closeRound(dependencies, rendered, runtime)) };
  };

  function keep(result: RenderResult): RenderRecord {
    if (result.kind === 'render-failure') return result;
    const { picture, hacks } = result;
    pictures.put(picture);
    const { digest, width, height } = picture;
    return { kind: 'rendered', picture: digest, width, height, hacks: [...hacks] };
  }
}
