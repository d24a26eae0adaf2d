export interface Watchdog {
  /** Aborted when nothing was heard in time, or by `end`. */
  readonly signal: AbortSignal;
  /** Something was heard: the time starts anew. */
  touch(): void;
  stalled(): boolean;
  /** Stops the clock and ends what still listens to the signal. */
  end(): void;
}

/** Notices a server that has gone silent. */
export function watchdog(milliseconds: number): Watchdog {
  const controller = new AbortController();
  let stalled = false;
  const timer = setTimeout(() => {
    stalled = true;
    controller.abort();
  }, milliseconds);
  return {
    signal: controller.signal,
    touch: () => void timer.refresh(),
    stalled: () => stalled,
    end() {
      clearTimeout(timer);
      controller.abort();
    },
  };
}
