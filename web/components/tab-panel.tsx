import type { ComponentChildren } from 'preact';

interface Props {
  readonly id: string;
  /** Key of the chosen tab. */
  readonly chosen: string | number;
  readonly class: string;
  /** Takes the focus itself, so that arrow keys scroll it. */
  readonly scrolls?: boolean;
  readonly children: ComponentChildren;
}

/** What the chosen one of `Tabs` shows; `id` is their `panel`. */
export function TabPanel({ id, chosen, scrolls = false, children, ...rest }: Props) {
  return (
    <div
      {...rest}
      id={id}
      role="tabpanel"
      aria-labelledby={`${id}-${chosen}`}
      tabIndex={scrolls ? 0 : undefined}
    >
      {children}
    </div>
  );
}
