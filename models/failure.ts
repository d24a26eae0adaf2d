import { z } from 'zod';
import { retryAfterOf } from './retry-after.ts';

/** Why one call to a model server failed. */
export interface CallFailure {
  /** HTTP status, when the server answered. */
  readonly status: number | undefined;
  /** What happened, in a few words, without keys. */
  readonly reason: string;
  /** Trying again may help. */
  readonly transient: boolean;
  /** Milliseconds that the server asks to wait. */
  readonly retryAfter: number | undefined;
}

/** What clients of many vendors hang on their errors; anything else is ignored. */
const ClientError = z.object({
  message: z.string().catch(''),
  status: z.number().optional().catch(undefined),
  code: z.union([z.string(), z.number()]).optional().catch(undefined),
  headers: z.unknown().optional(),
  cause: z.unknown().optional(),
  error: z
    .object({ message: z.string().optional().catch(undefined), code: z.unknown().optional() })
    .optional()
    .catch(undefined),
});

const connectionTroubles: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ENOTFOUND: 'host not found',
  EAI_AGAIN: 'host name could not be looked up',
  ECONNRESET: 'connection cut',
  EPIPE: 'connection cut',
  UND_ERR_SOCKET: 'connection cut',
  ETIMEDOUT: 'connection timed out',
  EHOSTUNREACH: 'host cannot be reached',
  ENETUNREACH: 'network cannot be reached',
  UND_ERR_CONNECT_TIMEOUT: 'connection timed out',
  UND_ERR_HEADERS_TIMEOUT: 'no answer in time',
  UND_ERR_BODY_TIMEOUT: 'no answer in time',
};
const transientStatus = new Set([408, 409, 425, 429]);
const MAX_REASON = 500;
const MAX_CAUSES = 5;

/** Reads an error of a provider's client. Without an HTTP status it is taken for trouble on the line. */
export function failureOf(error: unknown): CallFailure {
  const chain = causesOf(error);
  const answer = chain.find((link) => statusOf(link) !== undefined);
  const status = answer && statusOf(answer);
  if (!answer || status === undefined) {
    const trouble = chain.map(({ code }) => connectionTroubles[String(code)]).find(Boolean);
    const reason = trouble ?? oneLine(chain.findLast(({ message }) => message !== '')?.message ?? '');
    return { status, reason, transient: true, retryAfter: undefined };
  }
  const { message, code, headers, error: body } = answer;
  const [words = ''] = message.split('\n\nTroubleshooting URL:');
  const spent = code === 'insufficient_quota' || body?.code === 'insufficient_quota';
  return {
    status,
    reason: `HTTP ${status}: ${oneLine(body?.message ?? words)}`,
    transient: !spent && (transientStatus.has(status) || status >= 500),
    retryAfter: retryAfterOf(headerOf(headers, 'retry-after')),
  };
}

/** The error and what caused it, outermost first. */
function causesOf(error: unknown): z.infer<typeof ClientError>[] {
  const chain: z.infer<typeof ClientError>[] = [];
  for (let cause = error; cause !== undefined && chain.length < MAX_CAUSES; ) {
    const link = ClientError.parse(Object(cause));
    chain.push(link);
    cause = link.cause;
  }
  return chain;
}

/** A server that fails in the middle of a stream can only tell its status inside the event. */
function statusOf({ status, error }: z.infer<typeof ClientError>): number | undefined {
  const inBody = Number(error?.code);
  return status ?? (inBody >= 400 && inBody < 600 ? inBody : undefined);
}

function headerOf(headers: unknown, name: string): string | undefined {
  if (headers instanceof Headers) return headers.get(name) ?? undefined;
  const record = z.record(z.string(), z.unknown()).safeParse(headers);
  const value = record.success ? record.data[name] : undefined;
  return typeof value === 'string' ? value : undefined;
}

function oneLine(text: string): string {
  const line = text
    .slice(0, 4 * MAX_REASON)
    .replace(/\s+/g, ' ')
    .trim();
  return line.length > MAX_REASON ? `${line.slice(0, MAX_REASON)}…` : line || 'no reason given';
}
