import * as z from 'zod';
import { tasks } from '../../core/tasks/index.ts';
import type { Renderers } from '../../runtime/renderers.ts';
import { endpoint, type ServiceApp } from './endpoint.ts';

const Health = z.object({ status: z.literal('ok') });
const Readiness = z.object({
  status: z.enum(['ready', 'stopping', 'not-ready']),
  missing: z.array(z.string()).describe('languages that cannot be rendered here; verisim doctor says why'),
});

export interface HealthParts {
  readonly renderers: Renderers;
  readonly stopping: AbortSignal;
}

/** Milliseconds for which an answer is good: a prober must not be able to keep the machine busy. */
const GOOD_FOR = 10_000;

/** /healthz: the process answers. /readyz: it takes work, and every renderer has what it stands on. */
export function healthRoutes(app: ServiceApp, { renderers, stopping }: HealthParts): void {
  const languages = tasks.flatMap((task) => task.languages.map(({ name }) => name));
  let known: { readonly at: number; readonly missing: Promise<string[]> } | undefined;
  const missing = () => {
    if (!known || performance.now() - known.at > GOOD_FOR) {
      known = { at: performance.now(), missing: missingOf(renderers, languages) };
    }
    return known.missing;
  };
  endpoint(
    app,
    {
      method: 'get',
      path: '/healthz',
      tag: 'operation',
      summary: 'The process answers',
      replies: { 200: Health },
    },
    (context) => context.json({ status: 'ok' }),
  );
  endpoint(
    app,
    {
      method: 'get',
      path: '/readyz',
      tag: 'operation',
      summary: 'The service takes work',
      replies: { 200: Readiness, 503: Readiness },
    },
    async (context) => {
      const lacking = await missing();
      if (stopping.aborted) return context.json({ status: 'stopping', missing: lacking }, 503);
      // What can be rendered is served: one language missing is told, and takes nothing from the others.
      const none = lacking.length === languages.length;
      return context.json({ status: none ? 'not-ready' : 'ready', missing: lacking }, none ? 503 : 200);
    },
  );
}

async function missingOf(renderers: Renderers, languages: readonly string[]): Promise<string[]> {
  const looked = await Promise.all(
    languages.map((language) =>
      renderers.ready(language).then(
        () => [],
        () => [language],
      ),
    ),
  );
  return looked.flat();
}
