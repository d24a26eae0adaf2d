import type { ServiceSettings } from '../../../runtime/service.ts';
import type { Verisim } from '../../../runtime/verisim.ts';
import type { Admission } from '../admission.ts';
import type { Catalogue } from '../catalogue.ts';
import type { ServiceContext } from '../environment.ts';
import type { Caller } from '../keys.ts';
import type { Pictures } from '../pictures.ts';
import { Refused, refusalOf } from '../refused.ts';
import { type Fault, faultOf } from './fault.ts';
import type { Observe } from './observe.ts';

/** What single renders, critiques, scores and rewards are made with. */
export interface CallParts {
  readonly verisim: Verisim;
  readonly pictures: Pictures;
  readonly catalogue: Catalogue;
  /** Bounds how many are at work and how many wait. */
  readonly turns: Admission;
  readonly limits: Pick<ServiceSettings, 'codeBytes' | 'callTime'>;
  readonly observe: Observe;
}

/** Whose call it is, and when it ends. */
export interface Calling {
  readonly caller: Caller;
  readonly signal: AbortSignal;
}

/**
 * As many calls at a time as the service allows; results in the order of the items. What goes wrong with one is its
 * result, also that it took too long: whoever asked is answered in time.
 */
export async function inTurn<T, R>(
  context: ServiceContext,
  { turns, limits }: Pick<CallParts, 'turns' | 'limits'>,
  items: readonly T[],
  work: (item: T, calling: Calling) => Promise<R>,
): Promise<(R | Fault)[]> {
  const { caller } = context.var;
  const client = context.req.raw.signal;
  const late = AbortSignal.timeout(limits.callTime * 1000);
  const signal = AbortSignal.any([client, late]);
  caller.checkBudget();
  turns.check(items.length);
  const release = caller.hold();
  try {
    return await Promise.all(
      items.map(async (item) => {
        let leave: () => void = () => undefined;
        try {
          leave = await turns.enter(signal);
          return await work(item, { caller, signal });
        } catch (error) {
          client.throwIfAborted();
          return late.aborted ? tooLate(limits.callTime) : faultOf(refusalOf(error));
        } finally {
          leave();
        }
      }),
    );
  } finally {
    release();
  }
}

function tooLate(seconds: number): Fault {
  return faultOf({ status: 503, message: `It took longer than ${seconds} s.`, code: 'timeout' });
}

/** @throws Refused (413) */
export function checkLength(
  param: string,
  text: string,
  { codeBytes }: Pick<CallParts['limits'], 'codeBytes'>,
): string {
  if (text.length <= codeBytes) return text;
  throw new Refused({
    status: 413,
    message: `The code is longer than ${codeBytes} characters.`,
    code: 'code_too_large',
    param,
  });
}
