import * as z from 'zod';
import { addUsage, Usage } from '../../../core/usage.ts';
import { endpoint, type ServiceApp } from '../endpoint.ts';
import type { CallParts } from './calls.ts';
import { Fault } from './fault.ts';
import { answerItems, itemsBody } from './items.ts';
import { Judged, judge, Sample } from './judge.ts';
import { Normalising, rewardsOf } from './normalise.ts';

const kind = {
  what: 'reward' as const,
  common: Normalising.extend({
    critic: z.string().exactOptional().describe('a configured critic; default: the configuration’s'),
  }),
  item: Sample,
  outcome: (judged: Judged) => judged.kind,
};

const Single = z.object({ reward: z.number(), item: Judged });
const Batch = z.object({
  rewards: z.array(z.number().nullable()).describe('in the order of the items; null: no verdict on the code'),
  items: z.array(z.union([Judged, Fault])),
  usage: Usage,
});

export function rewardRoute(app: ServiceApp, parts: CallParts): void {
  endpoint(
    app,
    {
      method: 'post',
      path: '/v1/reward',
      tag: 'rewards',
      summary: 'The reward of one sample, or of a list',
      description:
        'Renders the code, has the critic compare it with the reference, and normalises the severities. Each item of a list has its own outcome.',
      request: { body: { 'application/json': itemsBody(kind) } },
      replies: { 200: z.union([Batch, Single]) },
    },
    async (context) => {
      const { common, results, many } = await answerItems(context, parts, kind, (sample, options, calling) =>
        judge(sample, options, calling, parts),
      );
      const rewards = rewardsOf(results, common);
      if (!many) return context.json({ reward: rewards[0], item: results[0] });
      const usage = addUsage(...results.flatMap((item) => (item.kind === 'error' ? [] : [item.usage])));
      return context.json({ rewards, items: results, usage });
    },
  );
}
