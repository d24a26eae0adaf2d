import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import { type ConfigInput, parseConfig } from '../../../runtime/config.ts';
import { type Service, startService } from '../../../server/serve/start.ts';
import { startSimulator } from '../../../server/simulate/start.ts';
import { svgRenderer } from '../../../tools/render/svg.ts';
import { plainPicture } from '../../support/fakes.ts';
import { emptyFolder } from '../../support/folder.ts';
import { simulatorOf } from '../../support/simulator.ts';
import { knownIcon } from '../simulate/support.ts';

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

type Finish = (end: () => Promise<void>) => void;

/** A service on a free port, until the test is over, or whatever else `finish` waits for. */
export async function startedService(
  serve: ServiceInput = {},
  config: Omit<ConfigInput, 'serve'> = {},
  headers: Record<string, string> = {},
  finish: Finish = onTestFinished,
): Promise<Started> {
  const folder = serve.folder ?? (await emptyFolder());
  const lines: string[] = [];
  const log = pino({ level: 'debug' }, { write: (line) => void lines.push(line) });
  const settings = parseConfig({ ...config, serve: { drainTime: 0, ...serve, folder, port: 0 } });
  const service = await startService(settings, log);
  finish(() => service.close());
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

/** Generator and critic that a simulator plays. */
function playedBy({ url: baseUrl }: { readonly url: string }) {
  const model = (name: string) => ({ name: `openai:${name}`, baseUrl, apiKeyEnv: null });
  const models = { writer: model('simulated-generator'), judge: model('simulated-critic') };
  return { models, generator: 'writer', critic: 'judge' };
}

/** A service whose models a simulator plays, until the test is over. */
export async function simulated(
  options: Parameters<typeof simulatorOf>[1] = {},
  serve: ServiceInput = {},
  headers: Record<string, string> = {},
) {
  const simulator = await simulatorOf('icon', { mend: 1, ...options });
  const config = playedBy(simulator);
  return { simulator, config, service: await startedService(serve, config, headers) };
}

/** The same for all tests of a file, with a simulator that mends everything at once. */
export function sharedService(serve: ServiceInput = {}): () => Started {
  const ends: (() => Promise<unknown>)[] = [];
  let service: Started | undefined;
  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'verisim-test-'));
    const renderer = svgRenderer();
    const simulator = await startSimulator(
      { mend: 1 },
      { pictures: [await knownIcon()], renderers: [renderer] },
    );
    service = await startedService({ ...serve, folder }, playedBy(simulator), {}, (end) => ends.push(end));
    ends.push(simulator.close, renderer.close, () => rm(folder, { recursive: true }));
  });
  afterAll(async () => {
    for (const end of ends) await end();
  });
  return () => {
    if (!service) throw new Error('the service is there in tests alone');
    return service;
  };
}

/** A run that the folder of a service never had: what its paths could lead to. */
export async function fakeRun(folder: string): Promise<string> {
  const id = '00000000-0000-4000-8000-000000000000';
  await mkdir(join(folder, 'runs', id), { recursive: true });
  await writeFile(join(folder, 'runs', id, 'request.json'), '{"secret": true}');
  return id;
}
