import type { LiveRun } from '../../core/live.ts';
import { errorLabels, stopLabels } from '../lib/labels.ts';
import { Badge } from './badge.tsx';
import { Facts } from './facts.tsx';
import { ModelName } from './model-name.tsx';
import { Notice } from './notice.tsx';

/** What went in, with what, and how it ended. */
export function Summary({ run }: { run: LiveRun }) {
  const [tone, label] = run.stopReason ? stopLabels[run.stopReason] : (['live', 'Running'] as const);
  return (
    <section class="summary" aria-label="Summary">
      <div class="title">
        <h1>{run.input.name}</h1>
        <p class="kind">
          <bdi>{run.task}</bdi>
          {run.language !== run.task && (
            <>
              {' to '}
              <bdi>{run.language}</bdi>
            </>
          )}
          , {run.input.width} × {run.input.height} px
        </p>
      </div>
      <dl class="parties">
        <div>
          <dt>Generator</dt>
          <dd>
            <ModelName model={run.generator} />
          </dd>
        </div>
        <div>
          <dt>Critic</dt>
          <dd>{run.critic ? <ModelName model={run.critic} /> : 'none'}</dd>
        </div>
        <div>
          <dt>Strategy</dt>
          <dd>{run.strategy.name}</dd>
        </div>
        <div class="ending">
          <dt>{run.stopReason ? 'Ended' : 'State'}</dt>
          <dd>
            <span role="status">
              <Badge tone={tone}>{label}</Badge> {run.message === run.error?.message ? '' : run.message}
            </span>
          </dd>
        </div>
      </dl>
      {run.error && (
        <Notice tone="bad" title={errorLabels[run.error.name] ?? 'The run broke off'}>
          {run.error.message}
        </Notice>
      )}
      {run.retry && (
        <Notice tone="warn" title={`The ${run.retry.role} is tried again`}>
          {run.retry.reason}
        </Notice>
      )}
      <Facts run={run} />
    </section>
  );
}
