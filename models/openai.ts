import { ConfigError } from '../core/errors.ts';
import { guardedFetch } from './fetch.ts';
import type { Provider } from './provider.ts';
import { type ModelSpec, parseModelSpec, splitName } from './spec.ts';

const OPENAI = 'https://api.openai.com/v1';
/** Far above any reply (a token takes some 250 bytes in a stream), far below what hurts. */
const MAX_BYTES = 64 * 1024 * 1024;

export type Environment = Readonly<Record<string, string | undefined>>;

export interface OpenAiAccess {
  readonly urls: readonly [string, ...string[]];
  readonly key: string | undefined;
  readonly keySource: string;
}

/**
 * Where the servers of an `openai:` model are and with which key they are asked. Servers of one's own often
 * need no key; OpenAI's always does.
 * @throws ConfigError when the key that is needed is missing, or OPENAI_BASE_URL is no URL.
 */
export function openaiAccess(spec: ModelSpec, env: Environment): OpenAiAccess {
  const { OPENAI_BASE_URL } = env;
  const { baseUrl = OPENAI } =
    spec.baseUrl || !OPENAI_BASE_URL ? spec : parseModelSpec({ ...spec, baseUrl: OPENAI_BASE_URL });
  const [first = OPENAI, ...others] = [baseUrl].flat().map((url) => url.replace(/\/+$/, ''));
  const variable = spec.apiKeyEnv === undefined ? 'OPENAI_API_KEY' : spec.apiKeyEnv;
  const key = variable === null ? undefined : env[variable]?.trim() || undefined;
  const needed = [first, ...others].some((url) => new URL(url).hostname === 'api.openai.com');
  if (!key && (needed || (spec.apiKeyEnv && variable))) {
    throw new ConfigError(
      `The model ${spec.name} needs a key, and ${variable ?? 'apiKeyEnv'} is not set. ${
        needed
          ? `Set ${variable ?? 'OPENAI_API_KEY'}, or OPENAI_BASE_URL to use a server of your own.`
          : `Set ${variable}, or take apiKeyEnv out of the model's settings.`
      }`,
    );
  }
  return { urls: [first, ...others], key, keySource: variable ?? 'apiKeyEnv' };
}

/** Any server that speaks the OpenAI chat API: vLLM, SGLang, llama.cpp, OpenAI itself, `verisim simulate`. */
export async function openaiProvider(spec: ModelSpec, env: Environment): Promise<Provider> {
  const access = openaiAccess(spec, env);
  const { ChatOpenAI } = await import('@langchain/openai');
  return {
    ...access,
    tellsFinish: true,
    open({ url, sampling, responseFormat, touch }) {
      const { temperature, topP, presencePenalty, maxTokens, topK, repetitionPenalty, seed } = sampling;
      return new ChatOpenAI({
        model: splitName(spec.name).model,
        // The client insists on a key; where there is none, guardedFetch takes it out again.
        apiKey: access.key ?? 'none',
        maxRetries: 0,
        streaming: true,
        streamUsage: true,
        configuration: {
          baseURL: url,
          maxRetries: 0,
          logLevel: 'off',
          fetch: guardedFetch({ touch, maxBytes: MAX_BYTES, anonymous: access.key === undefined }),
        },
        ...(temperature !== undefined && { temperature }),
        ...(topP !== undefined && { topP }),
        ...(presencePenalty !== undefined && { presencePenalty }),
        ...(maxTokens !== undefined && { maxTokens }),
        modelKwargs: {
          ...(topK !== undefined && { top_k: topK }),
          ...(repetitionPenalty !== undefined && { repetition_penalty: repetitionPenalty }),
          ...(seed !== undefined && { seed }),
          ...(responseFormat && { response_format: { type: 'json_schema', json_schema: responseFormat } }),
          ...spec.extraBody,
        },
      });
    },
  };
}
