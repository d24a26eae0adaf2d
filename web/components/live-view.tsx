import type { ComponentChildren } from 'preact';
import type { RunEvent } from '../../core/event.ts';
import type { LiveRun } from '../../core/live.ts';
import { useRun } from '../lib/use-run.ts';
import { Notice } from './notice.tsx';
import { RunView } from './run-view.tsx';

interface Props {
  readonly events: AsyncIterable<RunEvent>;
  readonly pictureUrl: (digest: string) => string | undefined;
  readonly actions?: (run: LiveRun) => ComponentChildren;
}

/** A run as it happens, drawn by the components that draw a finished one. */
export function LiveView({ events, pictureUrl, actions }: Props) {
  const { run, problem } = useRun(events);
  if (!run) {
    return (
      <main>
        {problem === null ? (
          <p class="waiting">The run has not started yet.</p>
        ) : (
          <Notice tone="bad" title="This run cannot be shown">
            {problem}
          </Notice>
        )}
      </main>
    );
  }
  return (
    <>
      {problem !== null && (
        <Notice tone="bad" title="The events of this run have stopped coming">
          {problem}
        </Notice>
      )}
      <RunView run={run} pictureUrl={pictureUrl} actions={actions?.(run)} />
    </>
  );
}
