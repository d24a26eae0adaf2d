import type { ServiceSettings } from '../../../runtime/service.ts';
import type { Verisim } from '../../../runtime/verisim.ts';
import type { Admission } from '../admission.ts';
import type { Catalogue } from '../catalogue.ts';
import type { ServiceContext } from '../environment.ts';
import type { Caller } from '../keys.ts';
import type { Pictures } from '../pictures.ts';
import { Refused } from '../refused.ts';

export type CallKind = 'render' | 'critique' | 'score' | 'reward';

/** What single renders, critiques, scores and rewards are made with. */
export interface CallParts {
  readonly verisim: Verisim;
  readonly pictures: Pictures;
  readonly catalogue: Catalogue;
  /** Bounds how many are at work and how many wait. */
  readonly turns: Admission;
  readonly limits: Pick<ServiceSettings, 'codeBytes'>;
  /** Hears what became of each call. */
  readonly observe: (what: CallKind, outcome: string) => void;
}

/** Whose call it is, and when it ends. */
export interface Calling {
  readonly caller: Caller;
  readonly signal: AbortSignal;
}

/** As many calls at a time as the service allows; results in the order of the items. */
export async function inTurn<T, R>(
  context: ServiceContext,
  { turns }: Pick<CallParts, 'turns'>,
  items: readonly T[],
  work: (item: T, calling: Calling) => Promise<R>,
): Promise<R[]> {
  const { caller } = context.var;
  const { signal } = context.req.raw;
  caller.checkBudget();
  turns.check(items.length);
  const release = caller.hold();
  try {
    return await Promise.all(
      items.map(async (item) => {
        const leave = await turns.enter(signal);
        try {
          return await work(item, { caller, signal });
        } finally {
          leave();
        }
      }),
    );
  } finally {
    release();
  }
}

/** @throws Refused (413) */
export function checkLength(text: string, { codeBytes }: CallParts['limits']): string {
  if (text.length <= codeBytes) return text;
  throw new Refused({
    status: 413,
    message: `The code is longer than ${codeBytes} characters.`,
    code: 'code_too_large',
  });
}
