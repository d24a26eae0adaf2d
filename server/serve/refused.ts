import * as z from 'zod';
import { BudgetReached, ConfigError, ModelError, ModelNeeded, VerisimError } from '../../core/errors.ts';

export const Status = z.literal([400, 401, 403, 404, 405, 409, 413, 415, 422, 429, 500, 502, 503]);
type Status = z.infer<typeof Status>;

export interface Refusal {
  readonly status: Status;
  readonly message: string;
  /** OpenAI's coarse kinds, by which clients choose their exception. */
  readonly type?: string;
  /** For programs, e.g. `model_not_found`. */
  readonly code?: string;
  /** The field of the request that is wrong. */
  readonly param?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request that is answered with an error. */
export class Refused extends VerisimError {
  readonly refusal: Refusal;
  constructor(refusal: Refusal, cause?: unknown) {
    super(refusal.message, { cause });
    this.refusal = refusal;
  }
}

export const ErrorReply = z.object({
  error: z.object({
    message: z.string(),
    type: z.string(),
    param: z.string().nullable().describe('the field that is wrong'),
    code: z.string().nullable().describe('for programs, e.g. queue_full'),
  }),
});

/** OpenAI's error body. */
export function errorBody({ status, message, type, code, param }: Refusal): z.infer<typeof ErrorReply> {
  return { error: { message, type: type ?? typeOf(status), param: param ?? null, code: code ?? null } };
}

/** What reads a field of the request, whose errors are that field's. @throws Refused (400) in place of ConfigError */
export function readField<T>(param: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new Refused({ status: 400, message: error.message, code: 'invalid_request', param }, error);
  }
}

/** What a client is told of an error: of a fault of ours only that there is one, so that nothing leaks. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof Refused) return error.refusal;
  if (error instanceof ModelNeeded) {
    const message = `${error.message} GET /v1/options tells which there are; the server's configuration names them under "models".`;
    return { status: 400, message, code: 'model_needed', param: error.role };
  }
  if (error instanceof ConfigError) {
    // What a request can get wrong is refused where it is read: here something is wrong with the server's own settings.
    const headers = { 'x-should-retry': 'false' };
    return { status: 503, message: error.message, code: 'server_configuration', headers };
  }
  if (error instanceof BudgetReached) {
    return { status: 429, message: error.message, type: 'insufficient_quota', code: 'insufficient_quota' };
  }
  if (error instanceof ModelError) {
    // It was tried again often enough behind this server.
    const headers = { 'x-should-retry': 'false' };
    // Where a model's server stands is no business of clients; the operator's configuration tells it by the model's name.
    const message = error.message.replace(/ at (?:https?:\/\/[^\s,]+(?:, )?)+/g, '');
    return { status: 502, message, code: 'model_unavailable', headers };
  }
  if (error instanceof VerisimError) {
    return {
      status: 503,
      message: 'A part that this server stands on is missing or broken; its log says which.',
      code: 'not_ready',
    };
  }
  return { status: 500, message: 'The server had an error; its log says which.', code: 'internal_error' };
}

function typeOf(status: Status): string {
  if (status === 429) return 'rate_limit_error';
  return status < 500 ? 'invalid_request_error' : 'server_error';
}
