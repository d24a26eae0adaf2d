export type Theme = 'light' | 'dark';

const KEY = 'verisim-theme';

/** The theme that the page shows: the reader's choice, else the system's. */
export function currentTheme(): Theme {
  const chosen = document.documentElement.getAttribute('data-theme') ?? stored();
  if (chosen === 'light' || chosen === 'dark') return chosen;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

export function chooseTheme(theme: Theme): void {
  document.documentElement.setAttribute('data-theme', theme);
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // A browser may refuse storage to files from disk: the choice then lasts as long as the page.
  }
}

/** Applies a choice of an earlier visit. */
export function restoreTheme(): void {
  const theme = stored();
  if (theme === 'light' || theme === 'dark') document.documentElement.setAttribute('data-theme', theme);
}

function stored(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}
