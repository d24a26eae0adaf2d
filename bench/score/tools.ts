import { ConfigError } from '../../core/errors.ts';
import { chartTracer } from '../../metrics/chartmimic/tracer.ts';
import { loadClip, loadDino, loadLpips } from '../../metrics/learned/load.ts';
import type { Config } from '../../runtime/config.ts';
import type { Renderers } from '../../runtime/renderers.ts';
import { openJudge } from '../judge.ts';
import type { ScoreTools } from './metric.ts';

/** Where models for scoring are. */
export interface ScoreModels {
  readonly judge?: string | undefined;
  /** Folders of ONNX models. */
  readonly clip?: string | undefined;
  readonly dino?: string | undefined;
  readonly lpips?: string | undefined;
}

/** What scoring needs, each part opened when first asked for and then shared. */
export function openScoreTools(
  models: ScoreModels,
  config: Config,
  renderers: Renderers,
  signal?: AbortSignal,
): ScoreTools {
  const folder = (name: 'clip' | 'dino' | 'lpips'): string => {
    const path = models[name];
    if (path !== undefined) return path;
    throw new ConfigError(
      `This metric needs the folder of a model: --${name} DIR (docs/metrics.md, "Learned metrics").`,
    );
  };
  return {
    tracer: (code, aborted) => chartTracer(renderers.of('matplotlib'))(code, aborted),
    judge: once(async () => {
      if (models.judge !== undefined) return openJudge(models.judge, config);
      throw new ConfigError('This metric needs a judge: --judge openai:MODEL, a model that reads pictures.');
    }),
    clip: once(async () => loadClip(folder('clip'))),
    dino: once(async () => loadDino(folder('dino'))),
    lpips: once(async () => loadLpips(folder('lpips'))),
    has: (name) => models[name] !== undefined,
    ...(signal && { signal }),
  };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
