import type { LiveRound } from '../../core/live.ts';
import { Notice } from './notice.tsx';

/** What the reader must know of a round beside its score. */
export function RoundNotes({ round }: { round: LiveRound }) {
  const hacks = round.render?.kind === 'rendered' ? round.render.hacks : [];
  return (
    <>
      {hacks.map(({ kind, message }) => (
        <Notice key={kind} tone="bad" title="The code fakes likeness instead of drawing">
          {message}
        </Notice>
      ))}
      {round.critique?.kind === 'critic-failure' && (
        <Notice tone="warn" title="Unscored: the critic gave no usable critique">
          {round.critique.reason}
        </Notice>
      )}
      {round.truncated && (
        <Notice tone="warn" title="The reply was cut off by a length limit">
          The code may be incomplete.
        </Notice>
      )}
    </>
  );
}
