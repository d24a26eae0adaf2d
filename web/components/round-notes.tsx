import type { CriticSamples } from '../../core/critique.ts';
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
      {round.critique?.kind === 'critique' && round.critique.samples && (
        <Samples samples={round.critique.samples} />
      )}
      {round.truncated && (
        <Notice tone="warn" title="The reply was cut off by a length limit">
          The code may be incomplete.
        </Notice>
      )}
    </>
  );
}

/** Where several critiques were merged: how far they agreed, and what fewer than half of them named. */
function Samples({ samples }: { samples: CriticSamples }) {
  const { asked, usable, severitySums, disputed } = samples;
  return (
    <Notice tone="plain" title={`Merged from ${usable} of ${asked} critiques`}>
      Severity sums {severitySums.join(', ')}.
      {disputed.length > 0 && (
        <>
          {' '}
          Fewer than half named, so it does not count:{' '}
          {disputed.map(({ description }) => description).join(' · ')}
        </>
      )}
    </Notice>
  );
}
