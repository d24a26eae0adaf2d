import * as z from 'zod';
import { TaskName } from '../../../runtime/settings.ts';
import { parseValue, readJson, wrongRequest } from '../body.ts';
import { endpoint, type ServiceApp } from '../endpoint.ts';
import type { ServiceContext } from '../environment.ts';
import { Refused } from '../refused.ts';
import { type CallParts, inTurn } from './calls.ts';
import { type Fault, faultOf, isFault, refusedFor } from './fault.ts';
import { type Judged, judge } from './judge.ts';
import { placeOf } from './labels.ts';
import { failureReward, Normalising, rewardsOf, scoreOf } from './normalise.ts';

/** A trainer's URL says what its bodies have no place for: /v1/rewards/slime?task=chart&normaliser=constant */
const Query = Normalising.extend({
  task: TaskName.optional().describe('of labels that do not say it themselves'),
  language: z.string().optional(),
  critic: z.string().exactOptional(),
  errors: z
    .enum(['refuse', 'count'])
    .default('refuse')
    .describe('of a request whose every sample is wrong: refuse it, or count them as code that fails'),
});
type Query = z.infer<typeof Query>;

const OpenRlhf = z
  .object({
    query: z.array(z.string()).max(1024).describe('prompt and response'),
    prompts: z.array(z.string()).default([]),
    labels: z.array(z.unknown()).default([]),
  })
  .refine(({ query, labels }) => labels.length === query.length, {
    path: ['labels'],
    error: 'there must be one for each query: the reference picture of the sample',
  });
const OpenRlhfReply = z.object({
  rewards: z.array(z.number()),
  scores: z.array(z.number()).describe('the reward as a fraction of its range'),
  extra_logs: z.record(z.string(), z.array(z.number())),
});

const Slime = z.object({ prompt: z.unknown(), response: z.string(), label: z.unknown() });
const SlimeReply = z.object({
  reward: z.number(),
  kind: z.string(),
  error: z.string().exactOptional().describe('why there is no verdict on the sample'),
});

export function trainerRoutes(app: ServiceApp, parts: CallParts): void {
  endpoint(
    app,
    {
      method: 'post',
      path: '/v1/rewards/openrlhf',
      tag: 'rewards',
      summary: 'The reward server of OpenRLHF (--reward.remote_url)',
      request: { query: Query, body: { 'application/json': OpenRlhf } },
      replies: { 200: OpenRlhfReply },
    },
    async (context) => {
      const query = parseValue(context.req.query(), Query);
      const { query: texts, prompts, labels } = await readJson(context, OpenRlhf);
      const samples = texts.map((text, index) => ({
        response: withoutPrompt(text, prompts[index]),
        label: labels[index],
        field: `labels[${index}]`,
      }));
      const { judged, rewards } = await rewarded(context, parts, samples, query);
      return context.json({
        rewards,
        scores: rewards.map((reward) => scoreOf(reward, query)),
        extra_logs: {
          rendered: judged.map(({ kind }) => Number(kind === 'scored' || kind === 'unscored')),
          // The mean over a batch is taken of all: what has no severity must not lower it.
          severity: judged.map((each) => (each.kind === 'scored' ? each.severity : 0)),
          unscored: judged.map(({ kind }) => Number(kind === 'unscored')),
          hacked: judged.map(({ kind }) => Number(kind === 'hacked')),
          error: judged.map((each) => Number(isFault(each))),
          error_sample: judged.map((each) => Number(isFault(each) && each.status < 500)),
          error_service: judged.map((each) => Number(isFault(each) && each.status >= 500)),
        },
      });
    },
  );

  endpoint(
    app,
    {
      method: 'post',
      path: '/v1/rewards/slime',
      tag: 'rewards',
      summary: 'The remote reward model of slime (--rm-type remote_rm)',
      request: {
        query: Query.extend({
          as: z.enum(['number', 'object']).optional().describe('object: for --reward-key reward'),
        }),
        body: { 'application/json': Slime },
      },
      replies: { 200: z.union([z.number(), SlimeReply]) },
    },
    async (context) => {
      const { as, ...rest } = context.req.query();
      const query = parseValue(rest, Query);
      const { response, label } = await readJson(context, Slime);
      const { judged, rewards } = await rewarded(
        context,
        parts,
        [{ response, label, field: 'label' }],
        query,
      );
      const [[reward = failureReward(query)], [sample]] = [rewards, judged];
      if (as !== 'object') return context.json(reward);
      return context.json({
        reward,
        kind: sample?.kind,
        ...(isFault(sample) && { error: sample.error.message }),
      });
    },
  );
}

interface TrainerSample {
  readonly response: string;
  readonly label?: unknown;
  /** The field of the request that holds the label. */
  readonly field: string;
}

/**
 * A number for every sample. One of several that cannot be judged counts as code that fails, as the protocols have no
 * word for it; where none could be, there is nothing to train on, and the trainer is told so.
 * @throws Refused
 */
async function rewarded(
  context: ServiceContext,
  parts: CallParts,
  samples: readonly TrainerSample[],
  query: Query,
): Promise<{ judged: readonly (Judged | Fault)[]; rewards: readonly number[] }> {
  const { critic, errors } = query;
  const options = critic === undefined ? {} : { critic };
  parts.catalogue.check(options);
  const results = await inTurn(context, parts, samples, async ({ response, label }, calling) => {
    const place = placeOf(label, query);
    if (!place.success) return faultOf(wrongRequest(place.error, 'label'));
    const { reference, task, language } = place.data;
    const sample = { task, reference, response, ...(language !== undefined && { language }) };
    return judge(sample, options, calling, parts);
  });
  const judged = results.map((each, index) =>
    isFault(each) ? faultIn(each, samples[index]?.field ?? '') : each,
  );
  parts.observe(context, 'reward', judged, ({ kind }) => kind);
  refuseAll(judged, errors);
  const failure = failureReward(query);
  return { judged, rewards: rewardsOf(judged, query).map((reward) => reward ?? failure) };
}

/** What is wrong with a sample, but for its response, is wrong with its label. */
function faultIn(fault: Fault, field: string): Fault {
  const { param } = fault.error;
  if (param === null || param === 'response') return fault;
  return { ...fault, error: { ...fault.error, param: `${field}.${param}` } };
}

/** @throws Refused when no sample was judged: 503 where another try may help, else what is wrong with the first */
function refuseAll(judged: readonly (Judged | Fault)[], errors: Query['errors']): void {
  const faults = judged.filter((each) => isFault(each));
  const [first] = faults;
  if (!first || faults.length < judged.length) return;
  const broken = faults.find(({ status }) => status >= 500);
  if (broken) {
    throw new Refused({
      status: 503,
      message: `No sample could be judged. Try again later. ${broken.error.message}`,
      code: 'not_ready',
      headers: { 'retry-after': '5' },
    });
  }
  if (errors === 'count') return;
  const { error } = first;
  const message = `None of the ${faults.length} samples can be judged. The first: ${error.message}`;
  throw refusedFor(faults.length === 1 ? first : { ...first, error: { ...error, message } });
}

function withoutPrompt(text: string, prompt: string | undefined): string {
  return prompt !== undefined && text.startsWith(prompt) ? text.slice(prompt.length) : text;
}
