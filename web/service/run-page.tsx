import { useEffect, useMemo, useState } from 'preact/hooks';
import { LiveView } from '../components/live-view.tsx';
import { Notice } from '../components/notice.tsx';
import type { Client } from '../lib/client.ts';
import { followRun } from '../lib/follow.ts';
import { RunActions } from './run-actions.tsx';

/** A run of the service, from wherever it is to its end. */
export function RunPage({ client, id }: { client: Client; id: string }) {
  const [lost, setLost] = useState(false);
  const followed = useMemo(() => followRun(client, id, setLost), [client, id]);
  useEffect(() => () => followed.close(), [followed]);
  return (
    <>
      {lost && (
        <div class="banner" role="status">
          <Notice tone="warn" title="The connection to the service is lost">
            This page tries again, and catches up with the run.
          </Notice>
        </div>
      )}
      <LiveView
        events={followed.events}
        pictureUrl={followed.pictureUrl}
        actions={(run) => <RunActions client={client} run={run} pictureUrl={followed.pictureUrl} />}
      />
    </>
  );
}
