import * as z from 'zod';
import { TaskName } from '../../../runtime/settings.ts';
import { parseValue, readJson, wrongRequest } from '../body.ts';
import { endpoint, type ServiceApp } from '../endpoint.ts';
import type { ServiceContext } from '../environment.ts';
import { Refused } from '../refused.ts';
import { type CallParts, inTurn } from './calls.ts';
import { type Fault, faultOf } from './fault.ts';
import { type Judged, judge } from './judge.ts';
import { failureReward, Normalising, rewardsOf, scoreOf } from './normalise.ts';

/** A trainer's URL says what its bodies have no place for: /v1/rewards/slime?task=chart&normaliser=constant */
const Query = Normalising.extend({
  task: TaskName.optional().describe('of labels that do not say it themselves'),
  language: z.string().optional(),
  critic: z.string().exactOptional(),
});

/** A label: the reference itself, or an object (also as JSON text) that names it and what is drawn. */
const Label = z.object({
  reference: z.string().describe('data URL, or path below serve.references'),
  task: TaskName.optional(),
  language: z.string().optional(),
});

const OpenRlhf = z.object({
  query: z.array(z.string()).max(1024).describe('prompt and response'),
  prompts: z.array(z.string()).default([]),
  labels: z.array(z.unknown()).default([]),
});
const OpenRlhfReply = z.object({
  rewards: z.array(z.number()),
  scores: z.array(z.number()).describe('the reward as a fraction of its range'),
  extra_logs: z.record(z.string(), z.array(z.number())),
});

const Slime = z.object({ prompt: z.unknown(), response: z.string(), label: z.unknown() });

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
          error: judged.map(({ kind }) => Number(kind === 'error')),
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
      replies: { 200: z.union([z.number(), z.object({ reward: z.number(), kind: z.string() })]) },
    },
    async (context) => {
      const { as, ...rest } = context.req.query();
      const query = parseValue(rest, Query);
      const sample = await readJson(context, Slime);
      const { judged, rewards } = await rewarded(context, parts, [sample], query);
      const [reward = failureReward(query)] = rewards;
      return context.json(as === 'object' ? { reward, kind: judged[0]?.kind } : reward);
    },
  );
}

interface TrainerSample {
  readonly response: string;
  readonly label?: unknown;
}

/**
 * A number for every sample. One that cannot be judged counts as code that fails, as the protocols have no word for
 * it; where none could, through no fault of theirs, the trainer is told to try again.
 */
async function rewarded(
  context: ServiceContext,
  parts: CallParts,
  samples: readonly TrainerSample[],
  query: z.infer<typeof Query>,
): Promise<{ judged: readonly (Judged | Fault)[]; rewards: readonly number[] }> {
  const { critic } = query;
  const options = critic === undefined ? {} : { critic };
  parts.catalogue.check(options);
  const judged = await inTurn(context, parts, samples, async ({ response, label }, calling) => {
    const place = placeOf(label, query);
    if (!place.success) return faultOf(wrongRequest(place.error, 'label'));
    const { reference, task, language } = place.data;
    const sample = { task, reference, response, ...(language !== undefined && { language }) };
    return judge(sample, options, calling, parts);
  });
  for (const { kind } of judged) parts.observe('reward', kind);
  const broken = judged.filter((each) => each.kind === 'error' && each.status >= 500);
  if (broken.length > 0 && broken.length === judged.length) {
    throw new Refused({
      status: 503,
      message: 'No sample could be judged: renderer or critic cannot be had. Try again.',
      code: 'not_ready',
      headers: { 'retry-after': '5' },
    });
  }
  const failure = failureReward(query);
  return { judged, rewards: rewardsOf(judged, query).map((reward) => reward ?? failure) };
}

const Placed = Label.extend({ task: TaskName });

function placeOf(label: unknown, { task, language }: z.infer<typeof Query>) {
  const given = Label.safeParse(objectIn(label));
  const place = given.success ? given.data : { reference: label };
  return Placed.safeParse({ ...(task && { task }), ...(language && { language }), ...place });
}

/** Trainers hand labels on as text. */
function objectIn(label: unknown): unknown {
  if (typeof label !== 'string' || !label.trimStart().startsWith('{')) return label;
  try {
    return JSON.parse(label);
  } catch {
    return label;
  }
}

function withoutPrompt(text: string, prompt: string | undefined): string {
  return prompt !== undefined && text.startsWith(prompt) ? text.slice(prompt.length) : text;
}
