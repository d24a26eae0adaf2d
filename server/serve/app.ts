import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import type { Logger } from 'pino';
import type { Config } from '../../runtime/config.ts';
import { bodyLimits } from './body-limits.ts';
import { methodsAt, type Route, type ServiceApp } from './endpoint.ts';
import type { ServiceEnv } from './environment.ts';
import { sameMachine, securityHeaders } from './headers.ts';
import type { Keyring } from './keys.ts';
import { requestLog } from './log.ts';
import type { Metrics } from './metrics.ts';
import { errorBody, type Refusal, Refused, refusalOf } from './refused.ts';

export interface AppParts {
  readonly config: Config;
  readonly keyring: Keyring;
  readonly log: Logger;
  readonly metrics: Metrics;
}

/** Nobody reads this; the log does. */
const gone: Refusal = { status: 400, message: 'The client went away.', code: 'client_gone' };

/** Paths that ask for a key. */
const guarded = ['/v1/*', '/metrics'];

/** The service without its routes: who may ask, how much, and how errors are told. */
export function appOf({ config, keyring, log, metrics }: AppParts): ServiceApp {
  const app = new Hono<ServiceEnv>();
  const routes: Route[] = [];
  app.onError((error, context) => {
    const refusal = context.req.raw.signal.aborted ? gone : refusalOf(error);
    const request = context.get('requestId');
    // What was refused on purpose needs no stack.
    if (error instanceof Refused) log.debug({ request, code: refusal.code }, refusal.message);
    else if (refusal !== gone && refusal.status >= 500) log.error({ request, err: error }, 'request failed');
    for (const [name, value] of Object.entries(refusal.headers ?? {})) context.header(name, value);
    return context.json(errorBody(refusal), refusal.status);
  });
  app.notFound((context) => {
    const { method, path } = context.req;
    const methods = methodsAt(path, routes);
    if (methods.length === 0) {
      return context.json(
        errorBody({ status: 404, message: 'There is no such address here.', code: 'unknown_url' }),
        404,
      );
    }
    const allow = methods.join(', ');
    const message = `${path} takes ${allow}, not ${method}.`;
    context.header('allow', allow);
    return context.json(errorBody({ status: 405, message, code: 'method_not_allowed' }), 405);
  });

  app.use(async (context, next) => {
    const id = randomUUID();
    context.set('requestId', id);
    await next();
    context.res.headers.set('x-request-id', id);
  });
  app.use(requestLog(log), metrics.requests, securityHeaders());
  if (config.serve.keys.length === 0) app.use(sameMachine());
  for (const path of guarded) {
    app.use(path, async (context, next) => {
      const caller = keyring.identify(context.req.header('authorization'));
      context.set('caller', caller);
      caller.arrive();
      await next();
    });
  }
  for (const limit of bodyLimits(config.serve)) app.use('/v1/*', limit);
  return { hono: app, routes };
}
