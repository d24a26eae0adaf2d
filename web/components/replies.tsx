import type { LiveRound } from '../../core/live.ts';
import { count } from '../lib/format.ts';
import { visible } from '../lib/visible.ts';
import { CopyButton } from './copy-button.tsx';

/** Characters shown at most; a reply that repeats itself without end must not stall the page. */
const MAX_SHOWN = 100_000;

/** What the models wrote, word for word. */
export function Replies({ round }: { round: LiveRound }) {
  const replies = [
    { author: 'generator', text: round.reply },
    { author: 'critic', text: round.critique?.reply ?? '' },
  ].filter(({ text }) => text !== '');
  if (replies.length === 0) return null;
  return (
    <details class="replies">
      <summary>Raw replies</summary>
      {replies.map(({ author, text }) => (
        <section key={author} aria-label={`Reply of the ${author}`}>
          <div class="toolbar">
            <h3>Reply of the {author}</h3>
            <span class="hint">{count(text.length)} characters</span>
            <div class="toolbar-end">
              <CopyButton text={text} what={`the ${author}'s reply`} />
            </div>
          </div>
          <pre class="reply">{visible(text.slice(0, MAX_SHOWN))}</pre>
        </section>
      ))}
    </details>
  );
}
