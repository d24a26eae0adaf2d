import { embeddedGenerator } from '../agents/embedded/generator.ts';
import { lvlmGenerator } from '../agents/lvlm/generator.ts';
import type { Critic } from '../core/critic.ts';
import { ConfigError } from '../core/errors.ts';
import type { Generator } from '../core/generator.ts';
import type { ChatModel } from '../models/chat.ts';
import { openModel } from '../models/open.ts';
import { type ModelSpec, parseModelSpec } from '../models/spec.ts';
import { loadPrompts, type Prompts } from '../prompts/load.ts';
import { embeddedCritic } from '../tools/critic/embedded/critic.ts';
import { lvlmCritic, selfCritic } from '../tools/critic/lvlm/critic.ts';
import { openOcr } from '../tools/ocr/ocr.ts';
import type { Config } from './config.ts';
import type { Renderers } from './renderers.ts';

export interface ModelOptions {
  /** Folder whose files replace prompts. */
  readonly prompts?: string | undefined;
  /** Lays what belongs to one run around a model that all runs share: a call cache, a budget. */
  readonly around?: ((model: ChatModel, spec: ModelSpec) => ChatModel) | undefined;
}

export interface Models {
  /** @throws ConfigError when the name says nothing, a key is missing, or a package is not installed. */
  generator(name: string, options?: ModelOptions): Promise<Generator>;
  /** @throws ConfigError as `generator` does. */
  critic(name: string, options?: ModelOptions): Promise<Critic>;
  /** The generator's model as its own critic. @throws ConfigError as `generator` does. */
  selfCritic(generator: string, options?: ModelOptions): Promise<Critic>;
  /** Ends the threads that read text. */
  close(): Promise<void>;
}

/** Turns names into generators and critics. Each model is opened once, so that its limits hold for all runs; each
 * folder of prompts is read once. */
export function openModels(config: Config, renderers: Renderers): Models {
  const ocr = openOcr();
  const models = new Map<string, Promise<ChatModel>>();
  const modelOf = (name: string): Promise<ChatModel> => {
    const opened = models.get(name) ?? openModel(specOf(name, config));
    models.set(name, opened);
    return opened;
  };
  const prompts = new Map<string | undefined, Promise<Prompts>>();
  const promptsOf = (folder: string | undefined): Promise<Prompts> => {
    const loaded = prompts.get(folder) ?? loadPrompts(folder === undefined ? {} : { folder });
    prompts.set(folder, loaded);
    return loaded;
  };
  const partsOf = async (name: string, { prompts: folder, around }: ModelOptions) => {
    const [model, texts] = await Promise.all([modelOf(name), promptsOf(folder)]);
    return { model: around?.(model, specOf(name, config)) ?? model, prompts: texts };
  };
  return {
    async generator(name, options = {}) {
      if (name === 'embedded') {
        const drawing = [renderers.of('svg'), renderers.of('matplotlib'), renderers.of('html')];
        return embeddedGenerator({ renderers: drawing, ocr });
      }
      return lvlmGenerator(await partsOf(name, options));
    },
    async critic(name, options = {}) {
      if (name === 'embedded') return embeddedCritic({ ocr });
      return lvlmCritic(await partsOf(name, options));
    },
    async selfCritic(generator, options = {}) {
      if (generator === 'embedded') return embeddedCritic({ ocr });
      return selfCritic(await partsOf(generator, options));
    },
    close: () => ocr.close(),
  };
}

/**
 * The model's specification: from the configuration by its name there, else `provider:model` as it stands.
 * @throws ConfigError when the name is neither.
 */
export function specOf(name: string, { models }: Config): ModelSpec {
  const configured = models[name];
  if (configured) return configured;
  if (/^[a-z][a-z0-9_-]*:\S+$/.test(name)) return parseModelSpec({ name });
  const known = ['embedded', ...Object.keys(models)].join(', ');
  throw new ConfigError(
    `There is no model "${name}". Use one of: ${known}; or provider:model, e.g. openai:Qwen/Qwen3-VL-8B-Instruct.`,
  );
}
