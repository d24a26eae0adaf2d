import { useEffect, useRef } from 'preact/hooks';
import type { LiveRound } from '../../core/live.ts';
import { scoreOf, scoreWords } from '../lib/score.ts';
import { SeverityPlot } from './severity-plot.tsx';
import { Tabs } from './tabs.tsx';

interface Props {
  readonly rounds: readonly LiveRound[];
  readonly best: number | null;
  readonly chosen: number;
  readonly onChoose: (index: number) => void;
  readonly panel: string;
}

/** The rounds as columns: each one's severity above, its tab below. */
export function RoundTabs({ rounds, best, chosen, onChoose, panel }: Props) {
  const scroller = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const tab = scroller.current?.querySelector<HTMLElement>('[aria-selected=true]');
    // Only this strip scrolls: `scrollIntoView` would move the page as well.
    if (scroller.current && tab) {
      scroller.current.scrollLeft = tab.offsetLeft - (scroller.current.clientWidth - tab.offsetWidth) / 2;
    }
  }, [chosen, rounds.length]);

  return (
    <section class="rounds" aria-label="Rounds">
      <h2>Severity by round</h2>
      <div ref={scroller} class="rounds-scroll">
        <div class="rounds-columns" style={{ '--rounds': rounds.length }}>
          <SeverityPlot rounds={rounds} best={best} />
          <Tabs
            class="round-tabs"
            label="Rounds"
            panel={panel}
            chosen={chosen}
            onChoose={onChoose}
            tabs={rounds.map((round) => ({
              key: round.index,
              label: (
                <>
                  <span class="round-name">
                    Round {round.index}
                    {round.index === best && <span class="best-mark">best</span>}
                  </span>
                  <span class={`round-score ${scoreOf(round).kind}`}>{scoreWords(round)}</span>
                </>
              ),
            }))}
          />
        </div>
      </div>
    </section>
  );
}
