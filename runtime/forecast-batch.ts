import { join, resolve } from 'node:path';
import type { RunRecord } from '../core/record.ts';
import { taskNamed } from '../core/tasks/index.ts';
import { settleSampling } from '../models/sampling.ts';
import { loadPrompts } from '../prompts/load.ts';
import { pictureSize } from '../tools/image/size.ts';
import { batchItems, pictureKey } from './batch-items.ts';
import { readRunLog } from './batch-log.ts';
import { isFinished } from './batch-store.ts';
import type { Config } from './config.ts';
import { type Forecast, forecast } from './forecast.ts';
import { type CallShape, mostCalls, runShape, type Shapes } from './forecast-shape.ts';
import { inOrder } from './in-order.ts';
import { specOf } from './models.ts';
import { type Settings, stopRuleOf } from './settings.ts';
import { strategyNamed } from './strategies.ts';

export interface ForecastBatchOptions {
  readonly task: string | undefined;
  readonly config: Config;
  /** Folder of the batch, whose finished runs tell what runs take. */
  readonly out: string | undefined;
  readonly concurrency: number;
}

/**
 * What refining these pictures will take, those that are finished left out. Reads headers of pictures and what is
 * in the folder; calls nothing, writes nothing.
 * @throws ConfigError for pictures that cannot be read and models that do not exist.
 */
export async function forecastBatch(
  paths: readonly string[],
  { task, config, out, concurrency }: ForecastBatchOptions,
): Promise<Forecast> {
  const { past, done } = await pastOf(out);
  const items = (await batchItems(paths, { task })).filter(
    ({ image, task: own }) => !done.has(pictureKey(image, own)),
  );
  const prompts = await loadPrompts(config.prompts === undefined ? {} : { folder: config.prompts });
  const { language, instructions } = config;
  const [first = task ?? 'chart'] = items.map((item) => item.task);
  const shapes: Shapes = {
    ...callShapes(config, first),
    of: (size, of) => runShape(prompts, size, { task: of, language, instructions }),
  };
  const runs = inOrder(items, { concurrency: 16, ahead: 1000 }, async (item) =>
    shapes.of(await pictureSize(item.image), item.task),
  );
  const all = [];
  for await (const run of runs) all.push(run);
  const { strategy } = strategyNamed(config);
  return forecast(all, { shapes, calls: mostCalls(strategy, stopRuleOf(config), config), concurrency, past });
}

async function pastOf(out: string | undefined): Promise<{ past: RunRecord[]; done: Set<string> }> {
  const past: RunRecord[] = [];
  const done = new Set<string>();
  if (out === undefined) return { past, done };
  await readRunLog(join(out, 'runs.jsonl'), (line) => {
    if (!line.record || !isFinished(line)) return;
    done.add(pictureKey(resolve(out, line.image), line.task));
    past.push(slim(line.record));
  });
  return { past, done };
}

/** Without the texts, so that thousands of records can be looked at together. */
function slim(record: RunRecord): RunRecord {
  return {
    ...record,
    rounds: record.rounds.map((round) => ({ ...round, code: '', reply: '', critique: null })),
  };
}

function callShapes(config: Config, task: string): Pick<Shapes, 'generator' | 'critic'> {
  const { generator, critic } = taskNamed(task);
  const { critic: which } = strategyNamed(config);
  const names = { configured: config.critic, self: config.generator, none: 'embedded' };
  return {
    generator: shapeOf(config.generator, generator.sampling, config),
    critic: shapeOf(names[which], critic.sampling, config),
  };
}

function shapeOf(
  name: Settings['generator'],
  sampling: Parameters<typeof settleSampling>[0],
  config: Config,
): CallShape | null {
  if (name === 'embedded') return null;
  const spec = specOf(name, config);
  const { maxTokens } = settleSampling(sampling, spec.sampling ?? {});
  return { maxTokens, prices: spec.prices };
}
