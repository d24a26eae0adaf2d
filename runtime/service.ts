import * as z from 'zod';
import { Settings, TaskName } from './settings.ts';

/** Who may use the service, and how much of it. */
const Key = z.strictObject({
  name: z
    .string()
    .regex(/^[\w.-]{1,64}$/, 'takes letters, digits, dot, dash and underscore')
    .describe('what logs, metrics and runs call the holder'),
  sha256: z
    .string()
    .regex(
      /^[0-9a-f]{64}$/,
      'must be the SHA-256 of the key in hexadecimal; verisim serve --new-key makes one',
    )
    .describe('SHA-256 of the key, hexadecimal; the key itself stands nowhere'),
  requestsPerMinute: z.int().min(1).optional().describe('requests in any minute'),
  concurrency: z.int().min(1).optional().describe('requests and runs under way or waiting at once'),
  budgetTokens: z.int().min(1).optional().describe('tokens that model calls for this key may take in all'),
  budgetCost: z.number().positive().optional().describe('US dollars that this key may spend in all'),
});
export type KeySettings = z.infer<typeof Key>;

const { shape } = Settings;

/** A setting that may be left out, and is then not given its default: the configuration's stands. */
function open<T extends z.ZodType>(field: z.ZodDefault<T> | z.ZodOptional<T>) {
  return field
    .unwrap()
    .exactOptional()
    .describe(field.description ?? '');
}

/** What a client may set for a run; what names folders stays the operator's. */
export const ClientSettings = z.strictObject({
  preset: open(shape.preset),
  language: open(shape.language),
  generator: open(shape.generator),
  critic: open(shape.critic),
  strategy: open(shape.strategy),
  from: open(shape.from),
  drafts: open(shape.drafts),
  beamWidth: open(shape.beamWidth),
  beamExpand: open(shape.beamExpand),
  rounds: open(shape.rounds),
  threshold: open(shape.threshold),
  patience: open(shape.patience),
  feedback: open(shape.feedback),
  history: open(shape.history),
  select: open(shape.select),
  criticSamples: open(shape.criticSamples),
  showRender: open(shape.showRender),
  budgetTokens: open(shape.budgetTokens),
  budgetCost: open(shape.budgetCost),
  budgetTime: open(shape.budgetTime),
  instructions: open(shape.instructions),
});
export type ClientSettings = z.infer<typeof ClientSettings>;

const MIB = 1024 * 1024;

/** How `verisim serve` serves. */
export const ServiceSettings = z.strictObject({
  host: z
    .string()
    .min(1)
    .default('127.0.0.1')
    .describe('address to listen on; beyond loopback only with keys'),
  port: z.int().min(0).max(65535).default(8080).describe('TCP port; 0 takes a free one'),
  folder: z.string().min(1).default('verisim-runs').describe('folder in which runs are kept'),
  keys: z.array(Key).default([]).describe('who may use the service; none: whoever reaches it'),
  models: z
    .record(
      z.string().regex(/^[\w./-]{1,128}$/, 'takes letters, digits, dot, dash, slash and underscore'),
      ClientSettings.extend({
        task: TaskName.describe('what its pictures show'),
        fenced: z.boolean().default(false).describe('chat replies put the code in a Markdown fence'),
      }),
    )
    .default({})
    .describe('model names of the chat endpoint beside verisim/<task>, each with its settings'),
  runs: z.int().min(1).max(256).default(4).describe('runs at work at once'),
  calls: z
    .int()
    .min(1)
    .max(1024)
    .default(64)
    .describe('single renders, critiques, scores and rewards at work at once'),
  queue: z
    .int()
    .min(0)
    .max(100_000)
    .default(1024)
    .describe('runs, and single calls, that may wait for their turn; beyond that 429'),
  bodyBytes: z
    .int()
    .min(1024)
    .default(64 * MIB)
    .describe('bytes of one request'),
  bodiesBytes: z
    .int()
    .min(1024)
    .default(512 * MIB)
    .describe('bytes of all requests at work together; beyond that 429'),
  codeBytes: z.int().min(1024).default(MIB).describe('bytes of one piece of code or text'),
  runTime: z.number().positive().default(900).describe('seconds that a run may take'),
  requestTime: z
    .number()
    .positive()
    .max(3600)
    .default(120)
    .describe('seconds in which the whole of a request has arrived, its head in 10 at most'),
  callTime: z
    .number()
    .positive()
    .max(3600)
    .default(100)
    .describe('seconds until a single call is answered, waiting included: trainers give up after 120 or 180'),
  keepRuns: z.int().min(1).default(1000).describe('finished runs that are kept; the oldest go first'),
  drainTime: z.number().min(0).default(20).describe('seconds that runs get to end after SIGTERM'),
  keepAlive: z.number().positive().default(10).describe('seconds between signs of life on a silent stream'),
  references: z
    .string()
    .optional()
    .describe('folder whose pictures rewards may name by path; left out, none can be named'),
  imageHosts: z
    .array(z.string().min(1))
    .default([])
    .describe('hosts from which pictures are fetched, e.g. images.example.com; none by default'),
});
export type ServiceSettings = z.infer<typeof ServiceSettings>;
