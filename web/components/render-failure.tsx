import type { RenderFailure as Failure } from '../../core/render.ts';
import { outcomeLabels } from '../lib/labels.ts';
import { visible } from '../lib/visible.ts';
import { Notice } from './notice.tsx';

/** Why the round's code gave no picture. */
export function RenderFailure({ failure, code }: { failure: Failure; code: string }) {
  const { outcome, message, line, detail } = failure;
  const text = line === undefined ? undefined : code.split('\n')[line - 1];
  return (
    <Notice tone="bad" title={`Did not render: ${outcomeLabels[outcome].toLowerCase()}`}>
      <p>{message}</p>
      {line !== undefined && (
        <p class="failed-line">
          <span>Line {line}</span>
          {text !== undefined && <code>{visible(text.trim())}</code>}
        </p>
      )}
      {detail !== undefined && detail !== '' && <pre class="detail">{visible(detail)}</pre>}
    </Notice>
  );
}
