import { useEffect, useState } from 'preact/hooks';
import { copyText } from '../lib/copy.ts';

const said = { ready: 'Copy', done: 'Copied', failed: 'Copying failed' };

export function CopyButton({ text, what }: { text: string; what: string }) {
  const [state, setState] = useState<keyof typeof said>('ready');

  useEffect(() => {
    if (state === 'ready') return;
    const timer = setTimeout(() => setState('ready'), 2000);
    return () => clearTimeout(timer);
  }, [state]);

  async function copy() {
    setState((await copyText(text)) ? 'done' : 'failed');
  }

  return (
    <button
      type="button"
      class="button"
      data-state={state}
      aria-label={`${said[state]} ${what}`}
      onClick={copy}
    >
      <span aria-live="polite">{said[state]}</span>
    </button>
  );
}
