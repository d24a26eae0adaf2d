import type { MiddlewareHandler } from 'hono';
import { Refused } from './refused.ts';

/** Everything from here is data, never a page; what is a page says so itself. */
const policy = "default-src 'none'; frame-ancestors 'none'";

export function securityHeaders(): MiddlewareHandler {
  return async (context, next) => {
    await next();
    const { headers } = context.res;
    if (!headers.has('content-security-policy')) headers.set('content-security-policy', policy);
    headers.set('x-content-type-options', 'nosniff');
    headers.set('referrer-policy', 'no-referrer');
    headers.set('cross-origin-resource-policy', 'same-origin');
    headers.set('x-frame-options', 'DENY');
    if (!headers.has('cache-control')) headers.set('cache-control', 'no-store');
  };
}

const loopbackNames = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Without keys, only this machine may ask; a page of the web that a browser here shows is not this machine: its
 * requests carry a foreign Origin, or, where it has rebound its name to our address, a foreign Host.
 */
export function sameMachine(): MiddlewareHandler {
  return async (context, next) => {
    const host = hostOf(`http://${context.req.header('host') ?? ''}`);
    const origin = context.req.header('origin');
    if (!loopbackNames.has(host) || (origin !== undefined && !loopbackNames.has(hostOf(origin)))) {
      throw new Refused({
        status: 403,
        message:
          'This server has no keys, so it answers requests to localhost or 127.0.0.1 from this machine only. Ask it by one of those names, or configure serve.keys.',
        code: 'foreign_origin',
      });
    }
    await next();
  };
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname : '';
}
