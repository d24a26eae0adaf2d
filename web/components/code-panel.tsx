import { useId, useState } from 'preact/hooks';
import type { LiveRound } from '../../core/live.ts';
import type { Looking } from '../lib/look.ts';
import { visible } from '../lib/visible.ts';
import { CodeChanges } from './code-changes.tsx';
import { CodeListing } from './code-listing.tsx';
import { CopyButton } from './copy-button.tsx';
import { TabPanel } from './tab-panel.tsx';
import { Tabs } from './tabs.tsx';

interface Props extends Looking {
  readonly round: LiveRound;
  readonly rounds: readonly LiveRound[];
  readonly language: string;
}

const tabs = [
  { key: 'code', label: 'Code' },
  { key: 'changes', label: 'Changes' },
] as const;

/** The round's code, or what changed in it since an earlier round. */
export function CodePanel({ round, rounds, language, look, onLook }: Props) {
  const panel = useId();
  const [since, setSince] = useState<number | null>(null);
  const earlier = rounds.filter(({ index }) => index < round.index);
  const base =
    earlier.find(({ index }) => index === since) ??
    earlier.find(({ index }) => index === round.parent) ??
    earlier.at(-1);
  const changes = look.code === 'changes';
  const failedAt = round.render?.kind === 'render-failure' ? round.render.line : undefined;
  // While the code still streams in, the reply so far is what there is to see.
  const streaming = round.stage === 'generate';
  const code = streaming ? round.reply : round.code;
  return (
    <section class="code-panel" aria-label="Code">
      <div class="toolbar">
        <Tabs
          class="segments"
          label="Code or changes"
          panel={panel}
          tabs={tabs}
          chosen={look.code}
          onChoose={(code) => onLook({ ...look, code })}
        />
        {changes && base && (
          <label class="since">
            since{' '}
            <select value={base.index} onChange={(event) => setSince(Number(event.currentTarget.value))}>
              {earlier.map(({ index }) => (
                <option key={index} value={index}>
                  round {index}
                </option>
              ))}
            </select>
          </label>
        )}
        <div class="toolbar-end">
          <label class="switch">
            <input
              type="checkbox"
              checked={look.wrap}
              onChange={(event) => onLook({ ...look, wrap: event.currentTarget.checked })}
            />
            Wrap
          </label>
          <CopyButton text={code} what="the code" />
        </div>
      </div>
      <TabPanel id={panel} chosen={look.code} class={look.wrap ? 'listing wrap' : 'listing'} scrolls>
        {changes && base ? (
          <CodeChanges older={visible(base.code)} newer={visible(code)} language={language} />
        ) : changes ? (
          <p class="hint">This is the first draft: there is none before it to compare with.</p>
        ) : code === '' ? (
          <p class="hint">{streaming ? 'Nothing written yet.' : 'The reply held no code.'}</p>
        ) : (
          <CodeListing code={visible(code)} language={streaming ? '' : language} failedAt={failedAt} />
        )}
      </TabPanel>
    </section>
  );
}
