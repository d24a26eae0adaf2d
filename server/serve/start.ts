import { mkdir } from 'node:fs/promises';
import type { Logger } from 'pino';
import { lockFolder } from '../../runtime/batch-lock.ts';
import { checkFolder } from '../../runtime/check-folder.ts';
import type { Config } from '../../runtime/config.ts';
import { openRenderers } from '../../runtime/renderers.ts';
import { createVerisim } from '../../runtime/verisim.ts';
import { admission } from './admission.ts';
import { appOf } from './app.ts';
import { catalogueOf } from './catalogue.ts';
import { modelRoutes } from './chat/models.ts';
import { chatRoutes } from './chat/routes.ts';
import { documentationRoutes } from './docs-page.ts';
import { healthRoutes } from './health.ts';
import { openKeyring } from './keys.ts';
import { listen } from './listen.ts';
import { metricsRoute, openMetrics } from './metrics.ts';
import { pageRoute } from './page.ts';
import { openPictures } from './pictures.ts';
import type { CallParts } from './rewards/calls.ts';
import { critiqueRoute } from './rewards/critique.ts';
import { observer } from './rewards/observe.ts';
import { renderRoute } from './rewards/render.ts';
import { rewardRoute } from './rewards/reward.ts';
import { scoreRoute } from './rewards/score.ts';
import { scoreTools } from './rewards/score-tools.ts';
import { trainerRoutes } from './rewards/trainers.ts';
import { openDesk } from './runs/desk.ts';
import { runRoutes } from './runs/routes.ts';
import { openSpendingBook } from './spending.ts';
import { openTracing } from './tracing.ts';

export interface Service {
  /** http://127.0.0.1:8080 */
  readonly url: string;
  readonly port: number;
  /** Takes no more requests, gives those at work their time to end, then ends them with what is done kept. */
  close(): Promise<void>;
}

/** Milliseconds between two looks at what was spent. */
const SAVE = 5000;

/**
 * Starts the service: the chat endpoint, runs, rewards. It goes on with the runs that an earlier one left.
 * @throws ConfigError when the address is not loopback and there are no keys, the port is taken, or another process
 *   works in the folder.
 */
export async function startService(config: Config, log: Logger): Promise<Service> {
  const { folder, runs: width, queue, keepAlive, codeBytes, drainTime } = config.serve;
  await checkFolder(folder);
  await mkdir(folder, { recursive: true });
  const unlock = await lockFolder(folder, '--folder');
  const renderers = openRenderers(config);
  const verisim = createVerisim(config, { renderers });
  try {
    const book = await openSpendingBook(folder);
    const keyring = openKeyring(config.serve.keys, book.before);
    const stopping = new AbortController();
    const turns = admission({ width, queue, what: 'runs' });
    const callTurns = admission({ width: config.serve.calls, queue, what: 'calls' });
    const metrics = openMetrics({ runs: turns, calls: callTurns });
    const tracing = await openTracing(process.env);
    const desk = await openDesk({
      config,
      verisim,
      turns,
      callerNamed: keyring.named,
      observe({ request }, event) {
        metrics.event(event);
        tracing?.hear(request.id, event);
      },
      ended({ request }, { record, error }) {
        const { id: run, owner: key } = request;
        const told = { run, key, stop: record?.stopReason, rounds: record?.rounds.length };
        log[error === undefined ? 'info' : 'warn']({ ...told, err: error }, 'run ended');
      },
    });
    const catalogue = catalogueOf(config);
    const pictures = openPictures(config.serve);
    const app = appOf({ config, keyring, log, metrics });
    healthRoutes(app, { renderers, stopping: stopping.signal });
    const parts = { desk, catalogue, pictures, codeBytes, keepAlive };
    runRoutes(app, { ...parts, stopping: stopping.signal });
    chatRoutes(app, parts);
    modelRoutes(app, catalogue, config);
    const calls: CallParts = {
      verisim,
      pictures,
      catalogue,
      turns: callTurns,
      limits: config.serve,
      observe: observer(metrics, log),
    };
    for (const route of [renderRoute, critiqueRoute, rewardRoute, trainerRoutes]) route(app, calls);
    scoreRoute(app, calls, scoreTools(config, renderers));
    metricsRoute(app, metrics);
    documentationRoutes(app, config.serve.keys.length > 0);
    pageRoute(app);

    const server = await listen(app.hono.fetch, config.serve);
    const saving = setInterval(
      () => void book.save(keyring.callers).catch((err) => log.error({ err })),
      SAVE,
    );
    const end = async () => {
      server.stop();
      await desk.close(drainTime * 1000);
      stopping.abort(new Error('The server is stopping.'));
      clearInterval(saving);
      await book.save(keyring.callers);
      await server.end();
      await tracing?.close();
      await verisim.close();
      await renderers.close();
      await unlock();
    };
    let ended: Promise<void> | undefined;
    return {
      url: server.url,
      port: server.port,
      close() {
        ended ??= end();
        return ended;
      },
    };
  } catch (error) {
    await verisim.close();
    await renderers.close();
    await unlock();
    throw error;
  }
}
