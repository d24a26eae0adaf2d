import type { ScoreTools } from '../../../bench/score/metric.ts';
import { openScoreTools } from '../../../bench/score/tools.ts';
import type { Config } from '../../../runtime/config.ts';
import type { Renderers } from '../../../runtime/renderers.ts';
import { Refused } from '../refused.ts';

/** What metrics need, without the models that only the command line can be given. */
export function scoreTools(config: Config, renderers: Renderers): ScoreTools {
  const lacking = async () => {
    throw new Refused({
      status: 400,
      message: 'This metric needs a model of its own, which this service has not. Choose another metric.',
      code: 'metric_unavailable',
      param: 'metric',
    });
  };
  const models = { judge: lacking, clip: lacking, dino: lacking, lpips: lacking };
  return { ...openScoreTools({}, config, renderers), ...models };
}
