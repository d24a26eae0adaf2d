import { Badge } from '../components/badge.tsx';
import { Notice } from '../components/notice.tsx';
import type { Client } from '../lib/client.ts';
import { ago } from '../lib/format.ts';
import { stopLabels, taskLabels } from '../lib/labels.ts';
import { addressOf } from '../lib/place.ts';
import type { RunSummary } from '../lib/service-schemas.ts';
import { RunThumbnail } from './run-thumbnail.tsx';
import { usePastRuns } from './use-past-runs.ts';

/** The runs before, newest first; those that go on are looked at again while they do. */
export function PastRuns({ client }: { client: Client }) {
  const { runs, hasMore, problem, more } = usePastRuns(client);
  if (problem !== null) {
    return (
      <Notice tone="warn" title="The runs before could not be listed">
        {problem}
      </Notice>
    );
  }
  if (runs.length === 0) return null;
  return (
    <section class="past" aria-label="Runs">
      <h2>Runs</h2>
      <ol class="past-list">
        {runs.map((run) => (
          <li key={run.id}>
            <a class="past-run" href={addressOf(run.id)}>
              <RunThumbnail client={client} run={run} />
              <span class="past-text">
                <span class="past-name" title={run.name}>
                  {run.name}
                </span>
                <span class="past-note">
                  {taskLabels[run.task] ?? run.task}, {said(run)}
                </span>
              </span>
              <Status run={run} />
            </a>
          </li>
        ))}
      </ol>
      {hasMore && (
        <button type="button" class="button" onClick={more}>
          Show more
        </button>
      )}
    </section>
  );
}

function said({ severity, createdAt }: RunSummary): string {
  return `${severity === null ? '' : `severity ${severity}, `}${ago(createdAt)}`;
}

function Status({ run: { status, stopReason } }: { run: RunSummary }) {
  if (status !== 'finished') return <Badge tone="live">{status === 'queued' ? 'Waiting' : 'Running'}</Badge>;
  const [tone, label] = stopLabels[stopReason ?? 'failed'];
  return <Badge tone={tone}>{label}</Badge>;
}
