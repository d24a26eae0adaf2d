import { tasks } from '../../core/tasks/index.ts';
import type { Config } from '../../runtime/config.ts';
import type { ClientSettings } from '../../runtime/service.ts';
import { Refused } from './refused.ts';

/** One model name of the chat endpoint. */
export interface ServedModel {
  readonly name: string;
  readonly task: string;
  readonly settings: ClientSettings;
  readonly fenced: boolean;
}

/** What a client may choose from: whatever else it names is refused, so that none spends the operator's keys. */
export interface Catalogue {
  readonly models: readonly ServedModel[];
  readonly generators: readonly string[];
  readonly critics: readonly string[];
  /** @throws Refused (404) */
  modelNamed(name: string): ServedModel;
  /**
   * @param within where the settings stand in the request, e.g. `verisim.`
   * @throws Refused (400) when a generator or critic is not among the configured ones.
   */
  check(settings: Pick<ClientSettings, 'generator' | 'critic'>, within?: string): void;
}

export function catalogueOf(config: Config): Catalogue {
  const named = ['embedded', ...Object.keys(config.models)];
  const own = Object.entries(config.serve.models).map(([name, { task, fenced, ...settings }]) => ({
    name,
    task,
    settings,
    fenced,
  }));
  const builtIn = tasks.map(({ name }) => ({
    name: `verisim/${name}`,
    task: name,
    settings: {},
    fenced: false,
  }));
  const models = [...own, ...builtIn.filter(({ name }) => !own.some((model) => model.name === name))];
  const generators = [...new Set([config.generator, ...named])];
  const critics = [...new Set([config.critic, ...named])];
  return {
    models,
    generators,
    critics,
    modelNamed(name) {
      const model = models.find((known) => known.name === name);
      if (model) return model;
      throw new Refused({
        status: 404,
        message: `The model "${name.slice(0, 200)}" does not exist. There are: ${models.map((m) => m.name).join(', ')}.`,
        code: 'model_not_found',
        param: 'model',
      });
    },
    check({ generator, critic }, within = '') {
      refuseUnknown(`${within}generator`, generator, generators);
      refuseUnknown(`${within}critic`, critic, critics);
    },
  };
}

function refuseUnknown(param: string, name: string | undefined, known: readonly string[]): void {
  if (name === undefined || known.includes(name)) return;
  throw new Refused({
    status: 400,
    message: `There is no ${param} "${name.slice(0, 200)}" here. There are: ${known.join(', ')}. The server's configuration names others under "models".`,
    code: 'model_not_found',
    param,
  });
}
