import { useEffect, useState } from 'preact/hooks';
import type { LiveRound, LiveRun } from '../../core/live.ts';
import type { Looking } from '../lib/look.ts';
import { findingsOf } from '../lib/score.ts';
import type { Pointing } from './boxes.tsx';
import { CodePanel } from './code-panel.tsx';
import { Compare } from './compare.tsx';
import type { Shown } from './comparison.ts';
import { Discrepancies } from './discrepancies.tsx';
import { RenderFailure } from './render-failure.tsx';
import { Replies } from './replies.tsx';
import { RoundHead } from './round-head.tsx';
import { RoundNotes } from './round-notes.tsx';
import { Framed } from './side-by-side.tsx';

interface Props extends Looking {
  readonly run: LiveRun;
  readonly round: LiveRound;
  readonly pictureUrl: (digest: string) => string | undefined;
}

/** Everything about one round: its pictures, what the critic found, its code and the replies. */
export function RoundPanel({ run, round, pictureUrl, look, onLook }: Props) {
  const pointing = usePointing();
  const findings = findingsOf(round);
  const { render, critique } = round;
  const { input } = run;
  const reference: Shown = { ...input, name: 'Reference', url: pictureUrl(input.picture) };
  return (
    <>
      <RoundHead run={run} round={round} />
      <RoundNotes round={round} />
      <div class="round-grid" data-wide={critique?.kind !== 'critique'}>
        {render?.kind === 'rendered' ? (
          <Compare
            comparison={{
              reference,
              render: { ...render, name: `Round ${round.index}`, url: pictureUrl(render.picture) },
              findings,
              pointing,
            }}
            look={look}
            onLook={onLook}
          />
        ) : (
          <section class="compare" aria-label="Pictures">
            <div class="side-by-side">
              <Framed shown={reference} />
              {render ? (
                <RenderFailure failure={render} code={round.code} />
              ) : (
                <p class="waiting">{round.stage === 'generate' ? 'Writing code…' : 'Rendering…'}</p>
              )}
            </div>
          </section>
        )}
        {critique?.kind === 'critique' && (
          <Discrepancies
            findings={findings}
            critic={{ ...(run.critic ?? run.generator), name: critique.critic }}
            pointing={pointing}
          />
        )}
      </div>
      <CodePanel round={round} rounds={run.rounds} language={run.language} look={look} onLook={onLook} />
      <Replies round={round} />
    </>
  );
}

/** Pointing with the mouse or the focus lasts as long as it does; a click keeps it, Escape lets go. */
function usePointing(): Pointing {
  const [pointed, onPoint] = useState<number | null>(null);
  const [pinned, setPinned] = useState<number | null>(null);
  const onPin = (number: number) => setPinned(pinned === number ? null : number);

  useEffect(() => {
    const letGo = ({ key }: KeyboardEvent) => key === 'Escape' && setPinned(null);
    document.addEventListener('keydown', letGo);
    return () => document.removeEventListener('keydown', letGo);
  }, []);

  return { active: pointed ?? pinned, pinned, onPoint, onPin };
}
