import type { LiveRound, LiveRun } from '../../core/live.ts';
import { Badge } from './badge.tsx';

/** Below this a reading is a partial one (docs/embedded.md). */
const DOUBTFUL = 0.5;

/** The chosen round's name and what sets it apart. */
export function RoundHead({ run, round }: { run: LiveRun; round: LiveRound }) {
  const { index, parent, stage, reward, exhausted, confidence } = round;
  const role = parent === null ? 'first draft' : `revises round ${parent}`;
  return (
    <div class="round-head">
      <h2>
        Round {index}
        {stage === 'finished' && <span class="round-role">{role}</span>}
      </h2>
      {index === run.best && <Badge tone="good">best</Badge>}
      {exhausted && <Badge>nothing further to propose</Badge>}
      {confidence !== null && confidence < DOUBTFUL && (
        <Badge tone="warn">low confidence {confidence.toFixed(2)}: check it by eye</Badge>
      )}
      {confidence !== null && confidence >= DOUBTFUL && <Badge>confidence {confidence.toFixed(2)}</Badge>}
      {reward !== null && <span class="reward">reward {reward.toFixed(2)}</span>}
    </div>
  );
}
