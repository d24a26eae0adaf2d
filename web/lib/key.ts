const KEY = 'verisim-key';

/** The key that the reader gave in this tab; null when none was. */
export function storedKey(): string | null {
  try {
    return sessionStorage.getItem(KEY);
  } catch {
    return null;
  }
}

/** Keeps the key for as long as the tab is open. */
export function keepKey(key: string): void {
  try {
    sessionStorage.setItem(KEY, key);
  } catch {
    // A browser may refuse storage: the key then lasts as long as the page.
  }
}
