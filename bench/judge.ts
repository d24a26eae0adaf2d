import type { ChatModel } from '../models/chat.ts';
import { openModel } from '../models/open.ts';
import { loadPrompts, type Prompts } from '../prompts/load.ts';
import type { Config } from '../runtime/config.ts';
import { specOf } from '../runtime/models.ts';

/** A model that compares what others made. Its name goes with every figure that it gives. */
export interface Judge {
  readonly model: ChatModel;
  readonly prompts: Prompts;
}

/** How judges are asked: as exactly as the server can, with room for reasoning. */
export const judgeSampling = { temperature: 0, maxTokens: 8192 } as const;

/** @throws ConfigError when the name says nothing, a key is missing, or a package is not installed. */
export async function openJudge(name: string, config: Config): Promise<Judge> {
  const { prompts: folder } = config;
  const [model, prompts] = await Promise.all([
    openModel(specOf(name, config)),
    loadPrompts(folder === undefined ? {} : { folder }),
  ]);
  return { model, prompts };
}

/** A judge's name where people read it; a simulated one is never without that word. */
export function judgeLabel({ model }: Judge): string {
  return model.source === 'simulated' ? `${model.name} (simulated)` : model.name;
}
