import * as z from 'zod';
import { ErrorReply, errorBody, type Refusal, Refused, Status } from '../refused.ts';

/** An item that could not be judged: no verdict on its code. */
export const Fault = ErrorReply.extend({
  kind: z.literal('error'),
  status: Status.describe(
    'as of a request that failed so: below 500 the item is wrong, else the server could not',
  ),
});
export type Fault = z.infer<typeof Fault>;

export function faultOf(refusal: Refusal): Fault {
  return { kind: 'error', status: refusal.status, ...errorBody(refusal) };
}

export function isFault<R extends object>(result: R | Fault | undefined): result is Fault {
  return result !== undefined && 'kind' in result && result.kind === 'error';
}

export function refusedFor({ status, error: { message, type, param, code } }: Fault): Refused {
  return new Refused({
    status,
    message,
    type,
    ...(param !== null && { param }),
    ...(code !== null && { code }),
  });
}
