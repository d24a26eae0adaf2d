import { createHash, timingSafeEqual } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { stream } from 'hono/streaming';
import type { StreamingApi } from 'hono/utils/stream';
import { z } from 'zod';
import type { Arrival } from './faults.ts';
import { type Fault, modelsOf, type Profile, profileOf, type SimulateOptions } from './options.ts';
import { play, type Role } from './play.ts';
import type { Recogniser } from './recognise.ts';
import { badRequest, Refused } from './refused.ts';
import { eventsOf } from './stream.ts';
import { ChatRequest, completionBody, errorBody, limits, type Reply, textTokens } from './wire.ts';

/** What a simulator has seen and done since it started. */
export interface Requests {
  /** Chat completion requests, whatever became of them. */
  chat: number;
  /** Replies by the role that was played. */
  replies: Record<Role, number>;
  /** Requests that a fault befell, by fault. */
  faults: Record<Fault, number>;
  /** Requests refused because they were wrong in themselves (4xx but 429). */
  refused: number;
}

export interface AppParts {
  readonly options: SimulateOptions;
  readonly recogniser: Recogniser;
  readonly arrive: (request: string) => Arrival;
  readonly requests: Requests;
}

export function appOf({ options, recogniser, arrive, requests }: AppParts): Hono {
  const app = new Hono();
  app.onError((error, context) => {
    const wire =
      error instanceof Refused
        ? error.wire
        : ({ status: 500, message: String(error), type: 'server_error', code: null } as const);
    if (wire.status !== 429 && wire.status < 500) requests.refused += 1;
    return context.json(errorBody(wire), wire.status);
  });
  app.notFound((context) => {
    throw new Refused({
      status: 404,
      message: `There is no ${context.req.method} ${context.req.path}.`,
      type: 'invalid_request_error',
      code: 'unknown_url',
    });
  });

  app.use('/v1/*', async (context, next) => {
    const { apiKey } = options;
    if (apiKey !== undefined && !sameText(context.req.header('authorization') ?? '', `Bearer ${apiKey}`)) {
      throw new Refused({
        status: 401,
        message: 'Incorrect API key provided.',
        type: 'invalid_request_error',
        code: 'invalid_api_key',
      });
    }
    await next();
  });

  const models = modelsOf(options);
  const modelBody = (id: string) => {
    const { prices } = options.models[id] ?? {};
    return { id, object: 'model', created: 0, owned_by: 'verisim-simulated', ...(prices && { prices }) };
  };
  app.get('/v1/models', (context) =>
    context.json({ object: 'list', data: [...models.keys()].map(modelBody) }),
  );
  app.get('/v1/models/:model', (context) =>
    context.json(modelBody(modelNamed(context.req.param('model'), [...models.keys()]))),
  );

  app.post(
    '/v1/chat/completions',
    async (_, next) => {
      requests.chat += 1;
      await next();
    },
    bodyLimit({
      maxSize: limits.bodyBytes,
      onError: () => {
        throw new Refused({
          status: 413,
          message: `The body is larger than ${limits.bodyBytes} bytes.`,
          type: 'invalid_request_error',
          code: 'request_too_large',
        });
      },
    }),
    async (context) => {
      const body = await context.req.text();
      const { signal } = context.req.raw;
      const arrival = arrive(createHash('sha256').update(body).digest('hex'));
      if (arrival.fault) requests.faults[arrival.fault] += 1;
      if (arrival.fault === 'rate-limit') throw rateLimited(context, options);
      if (arrival.fault === 'hang') await sleep(2 ** 31 - 1, undefined, { signal });

      const request = parsed(body);
      modelNamed(request.model, [...models.keys()]);
      const profile = profileOf(options, request.model);
      if (options.refuseResponseFormat && request.response_format) {
        throw badRequest(
          'response_format is not supported here.',
          'unsupported_parameter',
          'response_format',
        );
      }
      const started = performance.now();
      const reply = await play(request, { options, profile, recogniser, arrival });
      const ready = waitOf(reply, profile, arrival.draw());
      await sleep(Math.max(0, ready - (performance.now() - started)), undefined, { signal });
      if (arrival.fault === 'server-error') {
        throw new Refused({
          status: 500,
          message: 'The server had an error.',
          type: 'server_error',
          code: null,
        });
      }
      requests.replies[reply.role] += 1;
      if (request.stream) {
        const usage = request.stream_options?.include_usage ?? false;
        const events = eventsOf(reply, { tokenLatency: profile.tokenLatency, usage, signal });
        context.header('content-type', 'text/event-stream; charset=utf-8');
        context.header('cache-control', 'no-cache');
        const clientIsGone = async () => undefined;
        return stream(context, (out) => writeAll(events, out), clientIsGone);
      }
      await sleep(profile.tokenLatency * textTokens(reply.text), undefined, { signal });
      return context.json(completionBody(reply));
    },
  );
  return app;
}

async function writeAll(events: AsyncIterable<string>, out: StreamingApi): Promise<void> {
  for await (const event of events) {
    if (out.aborted) return;
    await out.write(event);
  }
}

function modelNamed(name: string, known: readonly string[]): string {
  if (known.includes(name)) return name;
  throw new Refused({
    status: 404,
    message: `The model \`${name}\` does not exist. This simulator has: ${known.join(', ')}.`,
    type: 'invalid_request_error',
    param: 'model',
    code: 'model_not_found',
  });
}

/** Milliseconds to the first byte: the way there, reading the prompt, and thinking. */
function waitOf({ promptTokens }: Reply, profile: Profile, draw: number): number {
  const { latency, latencySpread, promptLatency, tokenLatency, thinkTokens } = profile;
  const way = latency * (1 + latencySpread * (2 * draw - 1));
  return way + (promptLatency * promptTokens) / 1000 + tokenLatency * thinkTokens;
}

function rateLimited(context: Context, { retryAfter }: SimulateOptions): Refused {
  context.header('retry-after', String(retryAfter));
  return new Refused({
    status: 429,
    message: `Rate limit reached. Try again in ${retryAfter} s.`,
    type: 'requests',
    code: 'rate_limit_exceeded',
  });
}

function parsed(body: string): ChatRequest {
  try {
    return ChatRequest.parse(JSON.parse(body));
  } catch (cause) {
    const why = cause instanceof z.ZodError ? z.prettifyError(cause) : 'it is no JSON';
    throw badRequest(`The request cannot be read: ${why}`, 'invalid_request', 'body', cause);
  }
}

/** Compares in constant time, whatever the lengths. */
function sameText(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
