import type { Fault, SimulateOptions } from './options.ts';
import { randomOf } from './random.ts';

/** How often a request that was seen before is remembered; the oldest are forgotten. */
const REMEMBERED = 10_000;

/** What befalls one arrival of a request. `draw` decides what else depends on the arrival, e.g. nonsense. */
export interface Arrival {
  readonly fault: Fault | undefined;
  readonly draw: () => number;
  /** How often the same request has come, this time included. */
  readonly count: number;
}

/**
 * Decides what befalls each request. The script goes by the order of arrival. The rates go by the request and
 * how often it came before: trying again may help, and the order in which concurrent requests arrive changes nothing.
 */
export function faultSource(options: SimulateOptions): (request: string) => Arrival {
  const script = [...options.script];
  const arrivals = new Map<string, number>();
  return (request) => {
    const count = (arrivals.get(request) ?? 0) + 1;
    arrivals.delete(request);
    arrivals.set(request, count);
    const [oldest] = arrivals.keys();
    if (arrivals.size > REMEMBERED && oldest !== undefined) arrivals.delete(oldest);

    const draw = randomOf('arrival', String(options.seed), request, String(count));
    const scripted = script.shift();
    if (scripted) return { fault: scripted === 'ok' ? undefined : scripted, draw, count };
    const rates: readonly [Fault, number][] = [
      ['rate-limit', options.rateLimit],
      ['server-error', options.serverError],
      ['hang', options.hang],
      ['truncate', options.truncate],
    ];
    return { fault: rates.find(([, rate]) => draw() < rate)?.[0], draw, count };
  };
}
