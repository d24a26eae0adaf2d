import type { BaseChatModel } from '@langchain/core/language_models/chat_models';
import { ConfigError } from '../core/errors.ts';
import type { Environment } from './openai.ts';
import type { Provider } from './provider.ts';
import { type ModelSpec, splitName } from './spec.ts';

type ChatModelClass = new (options: Readonly<Record<string, unknown>>) => BaseChatModel;

/**
 * Any provider that LangChain knows by name (`anthropic:`, `google-genai:`, `ollama:` …), from its own package.
 * Their options share the names `model`, `temperature`, `topP`, `topK` and `maxTokens`; replies are plain text.
 * @throws ConfigError when the provider is unknown, its package is not installed, or a key is missing.
 */
export async function langchainProvider(spec: ModelSpec, env: Environment): Promise<Provider> {
  const { provider, model } = splitName(spec.name);
  const { MODEL_PROVIDER_CONFIG } = await import('langchain/chat_models/universal');
  const known: Readonly<Record<string, { package: string; className: string }>> = MODEL_PROVIDER_CONFIG;
  const source = known[provider];
  if (!source) {
    throw new ConfigError(
      `There is no model provider "${provider}" (in ${spec.name}). Use openai: for any OpenAI-compatible server, or one of: ${Object.keys(known).join(', ')}.`,
    );
  }
  const ChatModel = await classOf(source, spec.name);
  const key = keyOf(spec, env);
  if (spec.baseUrl) {
    throw new ConfigError(
      `baseUrl is for openai: models. For ${spec.name}, give the option of ${source.package} for it in extraBody.`,
    );
  }
  const open: Provider['open'] = ({ sampling: { temperature, topP, topK, maxTokens } }) =>
    new ChatModel({
      model,
      maxRetries: 0,
      streaming: true,
      ...(key && { apiKey: key }),
      ...(temperature !== undefined && { temperature }),
      ...(topP !== undefined && { topP }),
      ...(topK !== undefined && { topK }),
      ...(maxTokens !== undefined && { maxTokens }),
      ...spec.extraBody,
    });
  const provided: Provider = {
    urls: [`the ${provider} service`],
    key,
    keySource: spec.apiKeyEnv ?? `the key variable of ${source.package}`,
    tellsFinish: false,
    open,
  };
  // A missing key shows when the class is made: better now than in the first round.
  try {
    open({ url: provided.urls[0], sampling: {}, responseFormat: undefined, touch: () => {} });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new ConfigError(`The model ${spec.name} cannot be set up: ${why}`, { cause });
  }
  return provided;
}

function keyOf({ name, apiKeyEnv }: ModelSpec, env: Environment): string | undefined {
  if (!apiKeyEnv) return undefined;
  const key = env[apiKeyEnv]?.trim();
  if (key) return key;
  throw new ConfigError(`The model ${name} needs a key, and ${apiKeyEnv} is not set. Set ${apiKeyEnv}.`);
}

async function classOf(
  { package: name, className }: { package: string; className: string },
  model: string,
): Promise<ChatModelClass> {
  const module: Readonly<Record<string, unknown>> = await import(name).catch((cause: unknown) => {
    throw new ConfigError(`The model ${model} needs the package ${name}. Run: npm install ${name}`, {
      cause,
    });
  });
  const found = module[className];
  if (isChatModelClass(found)) return found;
  throw new ConfigError(`The package ${name} has no ${className}. Run: npm install ${name}@latest`);
}

function isChatModelClass(value: unknown): value is ChatModelClass {
  return typeof value === 'function';
}
