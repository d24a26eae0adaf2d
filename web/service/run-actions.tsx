import { useEffect, useState } from 'preact/hooks';
import type { LiveRun } from '../../core/live.ts';
import type { Client } from '../lib/client.ts';
import { Downloads } from './downloads.tsx';

interface Props {
  readonly client: Client;
  readonly run: LiveRun;
  readonly pictureUrl: (digest: string) => string | undefined;
}

/** What can be done with a run: end it while it goes on, save what it gave afterwards. */
export function RunActions({ client, run, pictureUrl }: Props) {
  const [asked, setAsked] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const { id, input, record } = run;

  useEffect(() => {
    document.title = `${input.name} – Verisim`;
  }, [input.name]);

  function failed(error: unknown) {
    setProblem(error instanceof Error ? error.message : String(error));
    setAsked(false);
  }

  function cancel() {
    setAsked(true);
    client.cancel(id).catch(failed);
  }

  return (
    <div class="run-actions">
      {record ? (
        <Downloads
          record={record}
          pictureUrl={pictureUrl}
          report={() => client.report(id)}
          onProblem={failed}
        />
      ) : (
        <button type="button" class="button" disabled={asked} onClick={cancel}>
          {asked ? 'Cancelling…' : 'Cancel the run'}
        </button>
      )}
      {problem !== null && (
        <p role="alert" class="problem">
          {problem}
        </p>
      )}
    </div>
  );
}
