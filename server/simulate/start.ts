import { once } from 'node:events';
import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { z } from 'zod';
import { ConfigError } from '../../core/errors.ts';
import type { Renderer } from '../../core/render.ts';
import type { KnownPicture } from '../../datasets/known.ts';
import { appOf, type Requests } from './app.ts';
import { faultSource } from './faults.ts';
import { SimulateOptions } from './options.ts';
import { recogniserOf } from './recognise.ts';
import { knownSubject, type Subject } from './subject.ts';

export interface SimulatorParts {
  /** The pictures that it plays: known ones, and subjects of any other kind. */
  readonly pictures: readonly KnownPicture[];
  readonly subjects?: readonly Subject[];
  /** Render its drafts, so that its critic knows them again. The caller closes them, after the simulator. */
  readonly renderers: readonly Renderer[];
}

export interface Simulator extends AsyncDisposable {
  /** Base URL for OpenAI clients: http://127.0.0.1:40123/v1 */
  readonly url: string;
  readonly port: number;
  /** Counts up as requests come. */
  readonly requests: Readonly<Requests>;
  /** Ends every connection, hanging ones included. */
  close(): Promise<void>;
}

/**
 * Starts an OpenAI-compatible server that plays generator and critic by rules, over pictures whose code it
 * knows. What it says is simulated and no measure of any model.
 * @throws ConfigError when the options are wrong, a language has no renderer, or the port is taken
 */
export async function startSimulator(
  options: z.input<typeof SimulateOptions>,
  { pictures, subjects = [], renderers }: SimulatorParts,
): Promise<Simulator> {
  const settings = optionsOf(options);
  const requests: Requests = {
    chat: 0,
    replies: { generator: 0, critic: 0 },
    faults: { 'rate-limit': 0, 'server-error': 0, hang: 0, truncate: 0 },
    refused: 0,
  };
  const recogniser = await recogniserOf([...pictures.map(knownSubject), ...subjects], renderers);
  const app = appOf({ options: settings, recogniser, arrive: faultSource(settings), requests });
  const server = createServer(getRequestListener(app.fetch));
  server.listen(settings.port, settings.host);
  await once(server, 'listening').catch((cause: unknown) => {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new ConfigError(
      `Cannot listen on ${settings.host}:${settings.port} (${why}). Choose another port.`,
      {
        cause,
      },
    );
  });
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : settings.port;
  const close = async () => {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  };
  return {
    url: `http://${settings.host.includes(':') ? `[${settings.host}]` : settings.host}:${port}/v1`,
    port,
    requests,
    close,
    [Symbol.asyncDispose]: close,
  };
}

function optionsOf(options: z.input<typeof SimulateOptions>): SimulateOptions {
  const result = SimulateOptions.safeParse(options);
  if (result.success) return result.data;
  throw new ConfigError(`The simulator's options are wrong:\n${z.prettifyError(result.error)}`);
}
