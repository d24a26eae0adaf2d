import { ThemeToggle } from './theme-toggle.tsx';

export function Masthead({ title }: { title: string }) {
  return (
    <header class="masthead">
      <svg class="mark" viewBox="0 0 24 24" aria-hidden="true">
        <rect x="1.5" y="1.5" width="14" height="14" rx="3.5" />
        <rect class="mark-render" x="8.5" y="8.5" width="14" height="14" rx="3.5" />
      </svg>
      <span class="wordmark">Verisim</span>
      <span class="masthead-title">{title}</span>
      <ThemeToggle />
    </header>
  );
}
