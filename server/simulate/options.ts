import { z } from 'zod';

const rate = (what: string) => z.number().min(0).max(1).describe(`${what} (0 to 1)`);
const milliseconds = (what: string) => z.number().min(0).max(600_000).describe(`${what}, milliseconds`);

/** What can go wrong on the way to a model, whatever the reply would have been. */
export const Fault = z.enum(['rate-limit', 'server-error', 'hang', 'truncate']);
export type Fault = z.infer<typeof Fault>;

export const SimulateOptions = z.strictObject({
  port: z.int().min(0).max(65_535).default(0).describe('port to listen on; 0 takes a free one'),
  host: z.string().min(1).default('127.0.0.1').describe('address to listen on'),
  apiKey: z.string().min(1).optional().describe('bearer key that requests must carry; left out, any will do'),
  seed: z.int().default(1).describe('changes every draw; the same seed gives the same replies'),
  latency: milliseconds('time to the first byte of a reply').default(0),
  tokenLatency: milliseconds('further time for each token of a reply').default(0),
  damage: rate('share of the known damages in a first draft; one at least, unless 0').default(0.8),
  mend: rate('probability that a revision mends a damage that the feedback names').default(0.6),
  newDamage: rate('probability that a revision adds a damage that was not there').default(0),
  miss: rate('probability that the critic overlooks a damage').default(0),
  invent: rate('probability that the critic claims a damage that is not there, for each such damage').default(
    0,
  ),
  nonsense: rate('share of critic replies that hold no JSON').default(0),
  malformed: rate('share of critic replies whose JSON is broken but can be repaired').default(0),
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
  refuseResponseFormat: z
    .boolean()
    .default(false)
    .describe('answer 400 to a request with a response_format, as some servers do'),
});
export type SimulateOptions = z.infer<typeof SimulateOptions>;
