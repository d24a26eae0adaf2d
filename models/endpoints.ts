interface Lease {
  readonly url: string;
  /** The call is over. `restFor`: milliseconds for which the server is not asked, as it failed. */
  end(restFor?: number): void;
}

export interface Endpoints {
  /** The least busy server among those that do not rest; if all rest, the one that wakes first. */
  lease(): Lease;
  /** Whether some server does not rest. */
  awake(): boolean;
}

/** Shares calls out over the servers of one model. */
export function endpoints(
  urls: readonly string[],
  now: () => number = performance.now.bind(performance),
): Endpoints {
  const servers = urls.map((url) => ({ url, busy: 0, restsUntil: 0 }));
  return {
    awake: () => servers.some(({ restsUntil }) => restsUntil <= now()),
    lease() {
      const rest = (server: { restsUntil: number }) => Math.max(0, server.restsUntil - now());
      const [server] = [...servers].sort((a, b) => rest(a) - rest(b) || a.busy - b.busy);
      if (!server) throw new RangeError('a model needs at least one base URL');
      server.busy += 1;
      return {
        url: server.url,
        end(restFor = 0) {
          server.busy -= 1;
          if (restFor > 0) server.restsUntil = now() + restFor;
        },
      };
    },
  };
}
