import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';

interface Tab<Key> {
  readonly key: Key;
  readonly label: ComponentChildren;
}

interface TabsProps<Key> {
  /** What the tabs choose, for readers that do not see them. */
  readonly label: string;
  readonly tabs: readonly Tab<Key>[];
  readonly chosen: Key;
  readonly onChoose: (key: Key) => void;
  /** Id of the element that shows what is chosen. */
  readonly panel: string;
  readonly class: string;
}

const steps: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** A tab list as ARIA describes it: one stop for the Tab key, arrows and Home/End move within. */
export function Tabs<Key extends string | number>(props: TabsProps<Key>) {
  const { label, tabs, chosen, onChoose, panel } = props;
  const list = useRef<HTMLDivElement>(null);
  const at = tabs.findIndex(({ key }) => key === chosen);

  function move(event: KeyboardEvent) {
    const step = steps[event.key];
    const to =
      event.key === 'Home'
        ? 0
        : event.key === 'End'
          ? tabs.length - 1
          : step === undefined
            ? undefined
            : (at + step + tabs.length) % tabs.length;
    const tab = to === undefined ? undefined : tabs[to];
    if (to === undefined || !tab) return;
    event.preventDefault();
    onChoose(tab.key);
    const button = list.current?.querySelectorAll<HTMLElement>('[role=tab]')[to];
    button?.focus();
  }

  return (
    <div ref={list} class={props.class} role="tablist" aria-label={label} onKeyDown={move}>
      {tabs.map(({ key, label }) => (
        <button
          key={key}
          type="button"
          role="tab"
          id={`${panel}-${key}`}
          aria-selected={key === chosen}
          aria-controls={panel}
          tabIndex={key === chosen ? 0 : -1}
          onClick={() => onChoose(key)}
        >
          {label}
        </button>
      ))}
    </div>
  );
}
