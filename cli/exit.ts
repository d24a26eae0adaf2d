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

/**
 * The first Ctrl-C aborts the signal, so that what is done is written; a second one, or the end of the
 * grace (milliseconds), ends the process as it stands: its children die with it.
 */
export function interruptible(): AbortSignal {
  const controller = new AbortController();
  const interrupt = () => {
    if (controller.signal.aborted) process.exit(exit.interrupted);
    controller.abort(new Error('interrupted'));
    process.exitCode = exit.interrupted;
    setTimeout(() => process.exit(exit.interrupted), GRACE).unref();
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  return controller.signal;
}
