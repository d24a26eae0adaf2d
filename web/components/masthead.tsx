import type { ComponentChildren } from 'preact';
import { ThemeToggle } from './theme-toggle.tsx';

interface Props {
  readonly title: string;
  /** Where the name leads. */
  readonly home?: string;
  readonly children?: ComponentChildren;
}

export function Masthead({ title, home, children }: Props) {
  const name = (
    <>
      <svg class="mark" viewBox="0 0 24 24" aria-hidden="true">
        <rect x="1.5" y="1.5" width="14" height="14" rx="3.5" />
        <rect class="mark-render" x="8.5" y="8.5" width="14" height="14" rx="3.5" />
      </svg>
      <span class="wordmark">Verisim</span>
    </>
  );
  return (
    <header class="masthead">
      {home === undefined ? (
        name
      ) : (
        <a class="home" href={home}>
          {name}
        </a>
      )}
      <span class="masthead-title">{title}</span>
      {children}
      <ThemeToggle />
    </header>
  );
}
