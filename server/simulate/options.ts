import { z } from 'zod';

const rate = (what: string) => z.number().min(0).max(1).describe(`${what} (0 to 1)`);
const milliseconds = (what: string) => z.number().min(0).max(600_000).describe(`${what}, milliseconds`);

/** What can go wrong on the way to a model, whatever the reply would have been. */
export const Fault = z.enum(['rate-limit', 'server-error', 'hang', 'truncate']);
export type Fault = z.infer<typeof Fault>;

/** How a model plays its part. */
const Profile = z.strictObject({
  latency: milliseconds('time to the first byte of a reply').default(0),
  latencySpread: rate('spread of that time: it is multiplied by between 1 - spread and 1 + spread').default(
    0,
  ),
  promptLatency: milliseconds('further time for each thousand tokens of the prompt').default(0),
  tokenLatency: milliseconds('further time for each token of a reply').default(0),
  thinkTokens: z
    .int()
    .min(0)
    .max(100_000)
    .default(0)
    .describe('tokens of thinking that a reply takes and bills, and that are not written'),
  damage: rate('share of the known damages in a first draft; one at least, unless 0').default(0.8),
  noise: rate('how much that share differs between pictures, up or down: some are harder').default(0),
  mend: rate('probability that a revision mends a damage that the feedback names').default(0.6),
  positionBias: rate(
    'share by which that probability falls with each further damage that the feedback names before it',
  ).default(0),
  newDamage: rate('probability that a revision adds a damage that was not there').default(0),
  break: rate('share of drafts that do not render').default(0),
  miss: rate('probability that the critic overlooks a damage').default(0),
  swapMiss: rate('the same where the pictures are swapped, beside `miss`').default(0),
  invent: rate('probability that the critic claims a damage that is not there, for each such damage').default(
    0,
  ),
  misgrade: rate('probability that the critic gets a severity wrong by one').default(0),
  nonsense: rate('share of critic replies that hold no JSON').default(0),
  malformed: rate('share of critic replies whose JSON is broken but can be repaired').default(0),
});
export type Profile = z.infer<typeof Profile>;

/** A model of one's own: what it does not say is as the options say. */
const Model = Profile.partial().extend({
  role: z.enum(['generator', 'critic']).describe('what it plays'),
  prices: z
    .strictObject({ input: z.number().min(0), output: z.number().min(0) })
    .optional()
    .describe(
      'US dollars per million tokens, told by /v1/models; what a client counts is its own configuration',
    ),
});

export const SimulateOptions = Profile.extend({
  port: z.int().min(0).max(65_535).default(0).describe('port to listen on; 0 takes a free one'),
  host: z.string().min(1).default('127.0.0.1').describe('address to listen on'),
  apiKey: z.string().min(1).optional().describe('bearer key that requests must carry; left out, any will do'),
  seed: z.int().default(1).describe('changes every draw; the same seed gives the same replies'),
  truncate: rate('share of replies that end in their middle with finish_reason "length"').default(0),
  rateLimit: rate('share of requests answered 429 with Retry-After').default(0),
  retryAfter: z.number().min(0).max(3600).default(1).describe('what a 429 asks to wait, seconds'),
  serverError: rate('share of requests answered 500').default(0),
  hang: rate('share of requests never answered').default(0),
  script: z
    .array(z.union([z.literal('ok'), Fault]))
    .default([])
    .describe(
      `what befalls the first requests, one after the other: ok, ${Fault.options.join(', ')}; the rates apply after them`,
    ),
  vary: z
    .boolean()
    .default(false)
    .describe(
      'draw anew when the same request comes again, as a model at a temperature does; else it gets the same reply',
    ),
  models: z
    .record(z.string().regex(/^simulated-[\w.-]+$/, 'a model is called simulated-SOMETHING'), Model)
    .default({})
    .describe('further models with profiles of their own'),
  refuseResponseFormat: z
    .boolean()
    .default(false)
    .describe('answer 400 to a request with a response_format, as some servers do'),
});
export type SimulateOptions = z.infer<typeof SimulateOptions>;

/** How the model of this name plays. */
export function profileOf(options: SimulateOptions, model: string): Profile {
  const { role: _, prices: __, ...own } = options.models[model] ?? {};
  return {
    ...options,
    ...Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined)),
  };
}

/** Names and roles of the models that there are. */
export function modelsOf({ models }: SimulateOptions): Map<string, 'generator' | 'critic'> {
  const own = Object.entries(models).map(([name, { role }]) => [name, role] as const);
  return new Map([['simulated-generator', 'generator'], ['simulated-critic', 'critic'], ...own]);
}
