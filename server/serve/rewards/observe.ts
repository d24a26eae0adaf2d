import type { Logger } from 'pino';
import type { ServiceContext } from '../environment.ts';
import { type Fault, isFault } from './fault.ts';

export type CallKind = 'render' | 'critique' | 'score' | 'reward';

/** Hears what became of the items of a request. */
export type Observe = <R extends object>(
  context: ServiceContext,
  what: CallKind,
  results: readonly (R | Fault)[],
  outcome: (result: R) => string,
) => void;

interface Counts {
  call(what: CallKind, outcome: string): void;
  /** One without an outcome, by the code of its error. */
  fault(what: CallKind, code: string): void;
}

const LONGEST = 300;

/** Counts outcomes, and logs why items got none: a line a request, as a wrong batch repeats itself. */
export function observer(counts: Counts, log: Logger): Observe {
  return (context, what, results, outcome) => {
    for (const result of results) counts.call(what, isFault(result) ? 'error' : outcome(result));
    const faults = results.filter((result) => isFault(result));
    const [first] = faults;
    for (const { error } of faults) counts.fault(what, error.code ?? error.type);
    if (!first) return;
    const { message, code, param } = first.error;
    const request = context.get('requestId');
    const told = { request, what, items: results.length, failed: faults.length, code, param };
    log.warn(told, `no outcome: ${message.slice(0, LONGEST)}`);
  };
}
