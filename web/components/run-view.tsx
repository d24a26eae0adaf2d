import type { ComponentChildren } from 'preact';
import { useId, useState } from 'preact/hooks';
import type { LiveRun } from '../../core/live.ts';
import { firstLook } from '../lib/look.ts';
import { Colophon } from './colophon.tsx';
import { Costs } from './costs.tsx';
import { RoundPanel } from './round-panel.tsx';
import { RoundTabs } from './round-tabs.tsx';
import { Framed } from './side-by-side.tsx';
import { Summary } from './summary.tsx';
import { TabPanel } from './tab-panel.tsx';

interface Props {
  readonly run: LiveRun;
  /** Address of a picture by its digest; undefined when the page does not have it. */
  readonly pictureUrl: (digest: string) => string | undefined;
  /** What can be done with the run. */
  readonly actions?: ComponentChildren;
}

/** A run, finished or going on. Until the reader chooses, it shows the newest round, and the best at the end. */
export function RunView({ run, pictureUrl, actions }: Props) {
  const panel = useId();
  const [chosen, setChosen] = useState<number | null>(null);
  const [look, setLook] = useState(firstLook);
  const offered = chosen ?? (run.stopReason ? run.best : null);
  const round = run.rounds.find(({ index }) => index === offered) ?? run.rounds.at(-1);
  const { input } = run;
  return (
    <main>
      <Summary run={run} />
      {actions}
      {round ? (
        <>
          <RoundTabs
            rounds={run.rounds}
            best={run.best}
            chosen={round.index}
            onChoose={setChosen}
            panel={panel}
          />
          <TabPanel id={panel} chosen={round.index} class="round">
            <RoundPanel
              key={round.index}
              run={run}
              round={round}
              pictureUrl={pictureUrl}
              look={look}
              onLook={setLook}
            />
          </TabPanel>
          <Costs run={run} />
        </>
      ) : (
        <section class="compare" aria-label="Pictures">
          <div class="side-by-side">
            <Framed shown={{ ...input, name: 'Reference', url: pictureUrl(input.picture) }} />
          </div>
        </section>
      )}
      {run.record && <Colophon record={run.record} />}
    </main>
  );
}
