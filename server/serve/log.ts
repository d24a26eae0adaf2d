import type { MiddlewareHandler } from 'hono';
import type { Logger } from 'pino';
import type { ServiceEnv } from './environment.ts';

/** A line for each request: never a body, a picture, a key or a query. */
export function requestLog(log: Logger): MiddlewareHandler<ServiceEnv> {
  return async (context, next) => {
    const started = performance.now();
    await next();
    const { method, path } = context.req;
    const quiet = path === '/healthz' || path === '/readyz' || path === '/metrics';
    log[quiet ? 'debug' : 'info'](
      {
        request: context.get('requestId'),
        key: context.get('caller')?.name ?? undefined,
        method,
        path: path.slice(0, 200),
        status: context.res.status,
        ms: Math.round(performance.now() - started),
      },
      'request',
    );
  };
}
