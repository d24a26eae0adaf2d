/** What the process ends with. */
export const exit = {
  /** A renderable result. */
  good: 0,
  /** No renderable result. */
  noResult: 1,
  /** Wrong use or configuration, or a model that cannot be had. */
  wrongUse: 2,
  interrupted: 130,
} as const;

const GRACE = 1500;

export interface Interruption {
  readonly signal: AbortSignal;
  /** For a command that ends in its own time: only a second Ctrl-C cuts it off. */
  readonly linger: () => void;
}

/**
 * The first Ctrl-C aborts the signal, so that what is done is written; a second one, or the end of the
 * grace (milliseconds), ends the process as it stands: its children die with it.
 */
export function interruptible(): Interruption {
  const controller = new AbortController();
  let grace = GRACE;
  const interrupt = () => {
    if (controller.signal.aborted) process.exit(exit.interrupted);
    controller.abort(new Error('interrupted'));
    process.exitCode = exit.interrupted;
    if (Number.isFinite(grace)) setTimeout(() => process.exit(exit.interrupted), grace).unref();
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  return {
    signal: controller.signal,
    linger() {
      grace = Infinity;
    },
  };
}
