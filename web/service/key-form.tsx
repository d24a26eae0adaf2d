import { useState } from 'preact/hooks';
import { Notice } from '../components/notice.tsx';

interface Props {
  /** Why the key that was given last is no good. */
  readonly problem: string | null;
  readonly onKey: (key: string) => void;
}

/** Asks for the key, where the service wants one. */
export function KeyForm({ problem, onKey }: Props) {
  const [key, setKey] = useState('');
  return (
    <form
      class="key-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (key.trim() !== '') onKey(key.trim());
      }}
    >
      <h1>This service asks for a key</h1>
      <p class="hint">
        Whoever runs it has given you one. It stays in this tab and is gone when you close it.
      </p>
      <label class="field">
        <span>Key</span>
        <input
          type="password"
          autocomplete="off"
          spellcheck={false}
          placeholder="vsk_…"
          value={key}
          aria-invalid={problem !== null}
          onInput={(event) => setKey(event.currentTarget.value)}
        />
      </label>
      <button type="submit" class="button primary" disabled={key.trim() === ''}>
        Continue
      </button>
      {problem !== null && (
        <div role="alert">
          <Notice tone="bad" title={problem} />
        </div>
      )}
    </form>
  );
}
