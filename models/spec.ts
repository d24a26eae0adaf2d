import { z } from 'zod';
import { ConfigError } from '../core/errors.ts';

const perMillion = z.number().min(0);

/** Sampling settings that replace a task's own; null leaves a setting to the server. */
export const SamplingOverrides = z.strictObject({
  temperature: z.number().min(0).nullable().optional(),
  topP: z.number().min(0).max(1).nullable().optional(),
  topK: z.int().nullable().optional().describe('sent as top_k, which is no OpenAI field'),
  repetitionPenalty: z
    .number()
    .min(0)
    .nullable()
    .optional()
    .describe('sent as repetition_penalty, which is no OpenAI field'),
  presencePenalty: z.number().nullable().optional(),
  maxTokens: z.int().min(1).nullable().optional().describe('tokens of one reply, thinking included'),
  seed: z.int().nullable().optional(),
});
export type SamplingOverrides = z.infer<typeof SamplingOverrides>;

const BaseUrl = z
  .url({ protocol: /^https?$/, error: 'must be an http or https URL, e.g. http://localhost:8000/v1' })
  .refine((url) => {
    // What is no URL has been said above.
    const parsed = URL.parse(url);
    return !parsed || (parsed.username === '' && parsed.password === '');
  }, 'must not hold a user name or password: keys come from the environment (apiKeyEnv)');

/** One model that generators and critics may call: where it is, how it is asked, what it costs. */
export const ModelSpec = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z][a-z0-9_-]*:\S+$/, 'must read provider:model, e.g. openai:Qwen/Qwen3-VL-8B-Instruct')
    .describe('provider:model; "openai:" is any server that speaks the OpenAI chat API'),
  baseUrl: z
    .union([BaseUrl, z.array(BaseUrl).min(1)])
    .optional()
    .describe(
      'server of an openai: model, with its /v1; several: the least busy one is asked, a failing one rested. Default: OPENAI_BASE_URL, else https://api.openai.com/v1',
    ),
  apiKeyEnv: z
    .string()
    .min(1)
    .nullable()
    .optional()
    .describe(
      'name of the environment variable that holds the key; null sends none. Default: OPENAI_API_KEY for openai:, else the variable that the provider package reads',
    ),
  sampling: SamplingOverrides.optional().describe("replaces single sampling settings of the task's"),
  extraBody: z
    .record(z.string(), z.json())
    .optional()
    .describe(
      'openai: further fields of the request body, e.g. {"chat_template_kwargs": {"enable_thinking": false}}; other providers: further options of the LangChain class, e.g. {"anthropicApiUrl": "https://proxy.example"}',
    ),
  prices: z
    .strictObject({
      input: perMillion.describe('US dollars per million prompt tokens'),
      cachedInput: perMillion
        .optional()
        .describe('US dollars per million prompt tokens read from a cache. Default: as input'),
      output: perMillion.describe('US dollars per million completion tokens'),
    })
    .optional()
    .describe('without prices, costs are counted as 0'),
  concurrency: z
    .int()
    .min(1)
    .max(1024)
    .default(64)
    .describe('requests under way at once; fewer after each 429, until answers are good again'),
  requestsPerMinute: z.int().min(1).optional().describe('requests that are begun in any minute'),
  tokensPerMinute: z
    .int()
    .min(1)
    .optional()
    .describe('tokens in any minute, prompts and replies; a request is estimated until its usage is known'),
  timeout: z
    .number()
    .positive()
    .max(300)
    .default(120)
    .describe('seconds without a byte from the server until a call counts as failed'),
  retries: z.int().min(0).max(20).default(4).describe('how often a failed call is tried again'),
  retryWait: z
    .number()
    .min(0)
    .default(60)
    .describe('seconds that the waits between the tries of one call may take together'),
});
export type ModelSpec = z.infer<typeof ModelSpec>;

/** @throws ConfigError naming each field that is wrong. */
export function parseModelSpec(input: z.input<typeof ModelSpec>): ModelSpec {
  const parsed = ModelSpec.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new ConfigError(`The settings of a model are wrong.\n${z.prettifyError(parsed.error)}`);
}

/** `openai:org/model` is the provider `openai` and the model `org/model`. */
export function splitName(name: string): { readonly provider: string; readonly model: string } {
  const colon = name.indexOf(':');
  return { provider: name.slice(0, colon), model: name.slice(colon + 1) };
}
