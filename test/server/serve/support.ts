import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { type ConfigInput, parseConfig } from '../../../runtime/config.ts';
import { type Service, startService } from '../../../server/serve/start.ts';
import { plainPicture } from '../../support/fakes.ts';
import { emptyFolder } from '../../support/folder.ts';
import { simulatorOf } from '../../support/simulator.ts';

export const icon = fileURLToPath(new URL('../../../examples/icon.png', import.meta.url));

/** The icon of examples/ as a data URL. */
export async function iconUrl(): Promise<string> {
  return `data:image/png;base64,${(await readFile(icon)).toString('base64')}`;
}

/** A picture that the embedded generator is done with at once. */
export async function plainUrl(): Promise<string> {
  const { png } = await plainPicture();
  return `data:image/png;base64,${Buffer.from(png).toString('base64')}`;
}

type ServiceInput = NonNullable<ConfigInput['serve']>;

export interface Started extends Service {
  readonly folder: string;
  /** Everything that was logged. */
  readonly logged: () => string;
  /** A request to the service, with these headers where nothing else is said. */
  readonly ask: (path: string, init?: RequestInit) => Promise<Response>;
  readonly post: (path: string, body: unknown, init?: RequestInit) => Promise<Response>;
}

/** A service on a free port, until the test is over. */
export async function startedService(
  serve: ServiceInput = {},
  config: Omit<ConfigInput, 'serve'> = {},
  headers: Record<string, string> = {},
): Promise<Started> {
  const folder = serve.folder ?? (await emptyFolder());
  const lines: string[] = [];
  const log = pino({ level: 'debug' }, { write: (line) => void lines.push(line) });
  const settings = parseConfig({ ...config, serve: { drainTime: 0, ...serve, folder, port: 0 } });
  const service = await startService(settings, log);
  onTestFinished(() => service.close());
  const ask = (path: string, init: RequestInit = {}) =>
    fetch(`${service.url}${path}`, { ...init, headers: { ...headers, ...init.headers } });
  return {
    ...service,
    folder,
    logged: () => lines.join(''),
    ask,
    post: (path, body, init = {}) =>
      ask(path, {
        method: 'POST',
        body: JSON.stringify(body),
        ...init,
        headers: { 'content-type': 'application/json', ...init.headers },
      }),
  };
}

/** A service whose models a simulator plays. */
export async function simulated(
  options: Parameters<typeof simulatorOf>[1] = {},
  serve: ServiceInput = {},
  headers: Record<string, string> = {},
) {
  const simulator = await simulatorOf('icon', { mend: 1, ...options });
  const model = (name: string) => ({ name: `openai:${name}`, baseUrl: simulator.url, apiKeyEnv: null });
  const config = {
    models: { writer: model('simulated-generator'), judge: model('simulated-critic') },
    generator: 'writer',
    critic: 'judge',
  };
  return { simulator, config, service: await startedService(serve, config, headers) };
}

/** A run that the folder of a service never had: what its paths could lead to. */
export async function fakeRun(folder: string): Promise<string> {
  const id = '00000000-0000-4000-8000-000000000000';
  await mkdir(join(folder, 'runs', id), { recursive: true });
  await writeFile(join(folder, 'runs', id, 'request.json'), '{"secret": true}');
  return id;
}
