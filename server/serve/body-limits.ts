import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { Refused } from './refused.ts';

export interface BodyLimits {
  /** Bytes of one body. */
  readonly bodyBytes: number;
  /** Bytes of all bodies that are being read or worked on. */
  readonly bodiesBytes: number;
}

/** Bounds one body, and all of them together. */
export function bodyLimits({ bodyBytes, bodiesBytes }: BodyLimits): readonly MiddlewareHandler[] {
  let held = 0;
  const one = bodyLimit({
    maxSize: bodyBytes,
    onError: () => {
      throw new Refused({
        status: 413,
        message: `The body is larger than the ${bodyBytes} bytes (serve.bodyBytes) that this server takes.`,
        code: 'request_too_large',
      });
    },
  });
  const all: MiddlewareHandler = async (context, next) => {
    if (context.req.method !== 'POST') return next();
    const told = Number(context.req.header('content-length') ?? Number.NaN);
    // A body of unknown length may become as long as is allowed.
    const bytes = Number.isSafeInteger(told) && told >= 0 ? Math.min(told, bodyBytes) : bodyBytes;
    if (held + bytes > Math.max(bodiesBytes, bodyBytes)) {
      throw new Refused({
        status: 429,
        message: 'The server holds as many requests as it can. Try again later.',
        code: 'queue_full',
        headers: { 'retry-after': '1' },
      });
    }
    held += bytes;
    try {
      return await next();
    } finally {
      held -= bytes;
    }
  };
  return [one, all];
}
