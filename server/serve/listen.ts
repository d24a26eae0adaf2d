import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { BlockList, isIP } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { getRequestListener } from '@hono/node-server';
import { ConfigError } from '../../core/errors.ts';

type Fetch = Parameters<typeof getRequestListener>[0];

/** A client that sends its head slower than this is no client. Milliseconds. */
const HEAD = 10_000;
const limits = {
  maxHeaderSize: 16 * 1024,
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 1000,
};
const MAX_CONNECTIONS = 4096;
/** Milliseconds for the last bytes of answers. */
const LINGER = 500;

export interface Listening {
  /** http://127.0.0.1:8080 */
  readonly url: string;
  readonly port: number;
  /** Takes no new connection, and ends those on which nothing is under way. */
  stop(): void;
  /** After `stop`: ends every connection. */
  end(): Promise<void>;
}

export interface ListenSettings {
  readonly host: string;
  readonly port: number;
  readonly keys: readonly unknown[];
  /** Seconds in which a whole request has arrived. */
  readonly requestTime: number;
}

/**
 * @throws ConfigError when the address is beyond loopback and there are no keys, or it cannot be had.
 */
export async function listen(
  fetch: Fetch,
  { host, port, keys, requestTime }: ListenSettings,
): Promise<Listening> {
  if (keys.length === 0 && !isLoopback(host)) {
    throw new ConfigError(
      `${host} can be reached from other machines, and there are no keys. Make one with verisim serve --new-key NAME, put it under serve.keys of the configuration, or listen on 127.0.0.1.`,
    );
  }
  const requestTimeout = requestTime * 1000;
  const times = { requestTimeout, headersTimeout: Math.min(HEAD, requestTimeout) };
  const server = createServer({ ...limits, ...times }, getRequestListener(fetch));
  server.maxConnections = MAX_CONNECTIONS;
  server.listen(port, host);
  await once(server, 'listening').catch((cause: unknown) => {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new ConfigError(`Cannot listen on ${host}:${port} (${why}). Choose another --port.`, { cause });
  });
  const closed = once(server, 'close');
  const taken = portOf(server) ?? port;
  return {
    url: `http://${isIP(host) === 6 ? `[${host}]` : host}:${taken}`,
    port: taken,
    stop() {
      if (server.listening) server.close();
      server.closeIdleConnections();
    },
    async end() {
      // Answers that are on their way arrive.
      await Promise.race([closed, sleep(LINGER, undefined, { ref: false })]);
      server.closeAllConnections();
    },
  };
}

function portOf(server: Server): number | undefined {
  const address = server.address();
  return typeof address === 'object' && address ? address.port : undefined;
}

function isLoopback(host: string): boolean {
  if (host === 'localhost') return true;
  const loopback = new BlockList();
  loopback.addSubnet('127.0.0.0', 8, 'ipv4');
  loopback.addAddress('::1', 'ipv6');
  const family = isIP(host);
  return family !== 0 && loopback.check(host, family === 6 ? 'ipv6' : 'ipv4');
}
