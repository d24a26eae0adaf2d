import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Notice } from '../components/notice.tsx';
import { useObjectUrl } from '../lib/use-object-url.ts';

interface Props {
  readonly picture: File | null;
  readonly onPicture: (file: File | null) => void;
  /** Why the file that was given last is not taken. */
  readonly problem: string | null;
}

/** Takes a picture: dropped anywhere on the page, pasted, or chosen. */
export function PictureField({ picture, onPicture, problem }: Props) {
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  useGivenPictures(onPicture, setOver);

  return (
    <div class="picture-field" data-over={over} data-filled={picture !== null}>
      {picture ? (
        <Preview picture={picture} />
      ) : (
        <div class="invitation">
          <svg viewBox="0 0 48 48" aria-hidden="true">
            <rect x="5" y="9" width="38" height="30" rx="4" />
            <path d="m5 33 11-11 9 9 6-6 12 11" />
            <circle cx="32" cy="18" r="3.5" />
          </svg>
          <p class="invitation-title">Drop a picture here, or paste it</p>
          <p class="hint">A chart, a table or a flat icon, as PNG, JPEG or WebP</p>
        </div>
      )}
      {problem !== null && (
        <div class="picture-problem" role="alert">
          <Notice tone="bad" title="This file is not taken">
            {problem}
          </Notice>
        </div>
      )}
      <div class="picture-actions">
        {picture && <span class="picture-name">{picture.name}</span>}
        <label class="button file-button">
          {picture ? 'Choose another' : 'Choose a file'}
          <input
            ref={input}
            type="file"
            accept="image/*"
            class="sr-only"
            onChange={(event) => {
              const file = event.currentTarget.files?.[0];
              if (file) onPicture(file);
            }}
          />
        </label>
        {picture && (
          <button
            type="button"
            class="button"
            onClick={() => {
              // Else the same file could not be chosen again.
              if (input.current) input.current.value = '';
              onPicture(null);
            }}
          >
            Remove
          </button>
        )}
      </div>
    </div>
  );
}

function Preview({ picture }: { picture: File }) {
  const [unseen, setUnseen] = useState('');
  const url = useObjectUrl(picture);
  // TIFF, say: the service reads more kinds than a browser shows.
  if (unseen === url)
    return <p class="preview no-preview">This browser cannot show this file. It can be sent all the same.</p>;
  return <img class="preview" src={url} alt={picture.name} onError={() => setUnseen(url)} />;
}

/** Listens for pictures that are dropped or pasted anywhere. */
function useGivenPictures(onPicture: (file: File) => void, onOver: (over: boolean) => void): void {
  // Before the invitation is seen, not after: what is pasted at once must not be lost.
  useLayoutEffect(() => {
    const listening = new AbortController();
    const { signal } = listening;
    const take = (event: Event, files: FileList | undefined) => {
      const given = [...(files ?? [])];
      // One that is no picture is given too: the reader is to hear of it.
      const file = given.find(({ type }) => type.startsWith('image/')) ?? given[0];
      if (!file) return;
      event.preventDefault();
      onPicture(file);
    };
    document.addEventListener('paste', (event) => take(event, event.clipboardData?.files), { signal });
    document.addEventListener(
      'dragover',
      (event) => {
        // Without this the browser would leave the page and open the file.
        event.preventDefault();
        onOver(true);
      },
      { signal },
    );
    document.addEventListener('dragleave', (event) => event.relatedTarget === null && onOver(false), {
      signal,
    });
    document.addEventListener(
      'drop',
      (event) => {
        event.preventDefault();
        onOver(false);
        take(event, event.dataTransfer?.files);
      },
      { signal },
    );
    return () => listening.abort();
  }, [onPicture, onOver]);
}
