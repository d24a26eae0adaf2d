import { useId } from 'preact/hooks';
import type { Looking } from '../lib/look.ts';
import type { Comparison } from './comparison.ts';
import { DifferenceView } from './difference-view.tsx';
import { SideBySide } from './side-by-side.tsx';
import { Slider } from './slider.tsx';
import { TabPanel } from './tab-panel.tsx';
import { Tabs } from './tabs.tsx';

const views = [
  { key: 'side', label: 'Side by side' },
  { key: 'slider', label: 'Slider' },
  { key: 'difference', label: 'Difference' },
] as const;

interface Props extends Looking {
  readonly comparison: Comparison;
}

export function Compare({ comparison, look, onLook }: Props) {
  const panel = useId();
  const { reference, render, findings } = comparison;
  const boxed = findings.filter(({ box }) => box).length;
  const shown = look.boxes ? comparison : { ...comparison, findings: [] };
  return (
    <section class="compare" aria-label="Pictures">
      <div class="toolbar">
        <Tabs
          class="segments"
          label="View"
          panel={panel}
          tabs={views}
          chosen={look.view}
          onChoose={(view) => onLook({ ...look, view })}
        />
        {boxed > 0 && (
          <label class="switch">
            <input
              type="checkbox"
              checked={look.boxes}
              onChange={(event) => onLook({ ...look, boxes: event.currentTarget.checked })}
            />
            Boxes
          </label>
        )}
      </div>
      <TabPanel id={panel} chosen={look.view} class="view">
        {look.view === 'side' && <SideBySide {...shown} />}
        {look.view === 'slider' && <Slider {...shown} />}
        {look.view === 'difference' && <DifferenceView {...shown} />}
      </TabPanel>
      {unlike(reference, render) && (
        <p class="hint">
          The render is {render.width} × {render.height} px, the reference {reference.width} ×{' '}
          {reference.height} px
          {look.view === 'side' ? '' : '; here the render is stretched onto the reference'}.
        </p>
      )}
    </section>
  );
}

function unlike(a: Comparison['render'], b: Comparison['render']): boolean {
  return a.width !== b.width || a.height !== b.height;
}
