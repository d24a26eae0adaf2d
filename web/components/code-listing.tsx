import { useEffect, useMemo, useRef } from 'preact/hooks';
import { highlight } from '../lib/highlight.ts';
import { CodeLine } from './code-line.tsx';

/** Lines shown at most: a listing beyond this is for a file, which copying gives whole. */
const MAX_LINES = 4000;

interface Props {
  readonly code: string;
  readonly language: string;
  /** Line, from 1, at which the code failed. */
  readonly failedAt?: number | undefined;
}

export function CodeListing({ code, language, failedAt }: Props) {
  const lines = useMemo(() => highlight(code, language), [code, language]);
  const failed = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const listing = failed.current?.parentElement;
    if (!failed.current || !listing) return;
    // Only the listing scrolls, not the page.
    listing.scrollTop = failed.current.offsetTop - listing.clientHeight / 2;
  }, [code, failedAt]);

  return (
    <>
      {lines.slice(0, MAX_LINES).map((tokens, index) => (
        <div
          key={index + 1}
          class="line"
          {...(failedAt === index + 1 && { ref: failed, 'data-failed': true })}
        >
          <span class="gutter" aria-hidden="true">
            {index + 1}
          </span>
          <CodeLine tokens={tokens} />
        </div>
      ))}
      {lines.length > MAX_LINES && (
        <p class="hint">{lines.length - MAX_LINES} more lines are left out here; copy gives them all.</p>
      )}
    </>
  );
}
