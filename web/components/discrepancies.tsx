import { useEffect, useRef } from 'preact/hooks';
import type { ModelRecord } from '../../core/record.ts';
import { words } from '../lib/format.ts';
import { severityLabels } from '../lib/labels.ts';
import type { Finding } from '../lib/score.ts';
import type { Pointing } from './boxes.tsx';
import { ModelName } from './model-name.tsx';

interface Props {
  readonly findings: readonly Finding[];
  readonly critic: Partial<ModelRecord> | null;
  readonly pointing: Pointing;
}

/** What the critic found, most severe first. */
export function Discrepancies({ findings, critic, pointing }: Props) {
  const sum = findings.reduce((total, { severity }) => total + severity, 0);
  return (
    <section class="discrepancies" aria-label="Discrepancies">
      <h3>
        Discrepancies <span class="amount">{findings.length}</span>
      </h3>
      {findings.length === 0 ? (
        <p class="nothing">
          No difference from the reference, by <ModelName model={critic} />
        </p>
      ) : (
        <>
          <p class="hint">
            Severity sum {sum}, by <ModelName model={critic} />
          </p>
          <ol>
            {findings.map((finding) => (
              <Discrepancy key={finding.number} finding={finding} pointing={pointing} />
            ))}
          </ol>
        </>
      )}
    </section>
  );
}

function Discrepancy({ finding, pointing }: { finding: Finding; pointing: Pointing }) {
  const { number, severity, category, location, description, box } = finding;
  const { active, pinned, onPoint, onPin } = pointing;
  const item = useRef<HTMLLIElement>(null);
  const isActive = active === number;
  const isPinned = pinned === number;

  useEffect(() => {
    // Pointing alone must not move the page under the pointer; a click asks for the words.
    if (isPinned) item.current?.scrollIntoView({ block: 'nearest' });
  }, [isPinned]);

  return (
    <li
      ref={item}
      class={`discrepancy severity-${severity}`}
      data-number={number}
      data-active={isActive}
      onPointerEnter={() => onPoint(number)}
      onPointerLeave={() => onPoint(null)}
      onFocusIn={() => onPoint(number)}
      onFocusOut={() => onPoint(null)}
    >
      {box ? (
        <button
          type="button"
          class="number"
          aria-pressed={isPinned}
          aria-label={`Show the box of discrepancy ${number}`}
          onClick={() => onPin(number)}
        >
          {number}
        </button>
      ) : (
        <span class="number boxless" title="The critic gave no box">
          {number}
        </span>
      )}
      <div class="discrepancy-text">
        <p class="discrepancy-head">
          <span class="category">{words(category)}</span>
          <span class="severity">
            {severityLabels[severity]}
            <span class="pips" role="img" aria-label={`severity ${severity} of 3`} />
          </span>
        </p>
        <p class="description">{description}</p>
        {location !== '' && <p class="location">{location}</p>}
      </div>
    </li>
  );
}
