import { useMemo } from 'preact/hooks';
import { plural } from '../lib/format.ts';
import { highlight } from '../lib/highlight.ts';
import { lineDiff } from '../lib/line-diff.ts';
import { CodeLine } from './code-line.tsx';

interface Props {
  readonly older: string;
  readonly newer: string;
  readonly language: string;
}

const signs = { added: '+', removed: '−', same: ' ' };

/** What changed from one round's code to another's, line by line, with the changed words marked. */
export function CodeChanges({ older, newer, language }: Props) {
  const rows = useMemo(() => lineDiff(older, newer), [older, newer]);
  const before = useMemo(() => highlight(older, language), [older, language]);
  const after = useMemo(() => highlight(newer, language), [newer, language]);
  if (rows === null) return <p class="hint">The two are too unlike to compare line by line.</p>;
  if (rows.every(({ kind }) => kind === 'gap'))
    return <p class="hint">The code is the same, word for word.</p>;
  return (
    <>
      {rows.map((row, index) => {
        if (row.kind === 'gap') {
          return (
            <div key={`${index}`} class="line gap">
              {plural(row.hidden, 'line')} unchanged
            </div>
          );
        }
        const tokens = row.newer === null ? before[(row.older ?? 1) - 1] : after[row.newer - 1];
        return (
          <div key={`${index}`} class={`line ${row.kind}`}>
            <span class="gutter" aria-hidden="true">
              {row.older}
            </span>
            <span class="gutter" aria-hidden="true">
              {row.newer}
            </span>
            <span class="sign">
              <span class="sr-only">{row.kind === 'same' ? '' : row.kind}</span>
              <span aria-hidden="true">{signs[row.kind]}</span>
            </span>
            <CodeLine tokens={tokens ?? []} marks={row.marks} />
          </div>
        );
      })}
    </>
  );
}
