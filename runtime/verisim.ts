import { basename } from 'node:path';
import * as z from 'zod';
import type { BudgetLimits, BudgetRecord } from '../core/budget.ts';
import type { Critic } from '../core/critic.ts';
import type { CriticResult } from '../core/critique.ts';
import { ConfigError } from '../core/errors.ts';
import type { RunEvent } from '../core/event.ts';
import type { Generator } from '../core/generator.ts';
import type { Picture, PictureStore } from '../core/picture.ts';
import type { RunRecord } from '../core/record.ts';
import type { RenderResult } from '../core/render.ts';
import type { Strategy } from '../core/strategy.ts';
import { languageOf, taskNamed } from '../core/tasks/index.ts';
import { cachedModel } from '../models/cache.ts';
import type { ChatModel } from '../models/chat.ts';
import { diskReplies } from '../models/replies.ts';
import type { ModelSpec } from '../models/spec.ts';
import { sampledCritic } from '../tools/critic/sampled.ts';
import { decodePicture, loadPicture } from '../tools/image/decode.ts';
import { memoryPictures } from '../tools/image/picture.ts';
import { type Budget, openBudget } from './budget.ts';
import { type Config, type ConfigInput, parseConfig } from './config.ts';
import { keptBy } from './kept.ts';
import { meteredModel } from './metered.ts';
import { type ModelOptions, openModels } from './models.ts';
import { withPreset } from './presets.ts';
import { openRenderers, type Renderers } from './renderers.ts';
import { Settings, stopRuleOf } from './settings.ts';
import { type NamedStrategy, strategyNamed, strategyRecordOf } from './strategies.ts';

/** A picture by its path, its encoded bytes, or already normalised. */
export type PictureInput = string | Uint8Array | Picture;

export interface RefineOptions extends Partial<Omit<Settings, 'generator' | 'critic' | 'strategy'>> {
  /** How the calls are spent: a name as in the configuration, or a strategy of your own. */
  readonly strategy?: Settings['strategy'] | Strategy;
  /** Who writes the code: a name as in the configuration, or an implementation of your own. */
  readonly generator?: string | Generator;
  /** Who compares: a name as in the configuration, or an implementation of your own. */
  readonly critic?: string | Critic;
  /** `chart`, `table` or `svg`. */
  readonly task: string;
  /** The run's name in its record. Default: a new UUID. */
  readonly id?: string;
  /** Where the run's pictures are put as they are made. Default: memory. */
  readonly pictures?: PictureStore;
  /** What records and reports call the picture. Default: its file name, else "picture". */
  readonly name?: string;
  /**
   * Keeps answered model calls in a folder: the same run (by this name) started again gets them from there.
   * Two runs of one name share their replies.
   */
  readonly calls?: { readonly folder: string; readonly run: string };
  /**
   * How the stages of a round run in the graph: as nodes that a tracer sees (default), or together in one, which costs
   * a millisecond a round less.
   */
  readonly stages?: 'nodes' | 'together';
  /** A budget that other runs share: what model calls of this one take counts there too. */
  readonly budget?: Budget;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: RunEvent) => void;
}

export interface RefineResult {
  /** Code of the best round; null when nothing rendered. */
  readonly code: string | null;
  /** Render of the best round; null when nothing rendered. */
  readonly picture: Picture | null;
  readonly record: RunRecord;
  /** The pictures that the record names by digest. */
  readonly pictures: PictureStore;
  /** The error that ended the run, when one did. The record says the same in words. */
  readonly error?: unknown;
}

export interface Verisim extends AsyncDisposable {
  /**
   * Runs the loop on one picture. What goes wrong during the run is in the result; what makes the run
   * impossible is thrown.
   * @throws ConfigError for wrong options or a picture that cannot be read; RenderError or SandboxError when
   * the renderer's parts are not installed.
   */
  refine(picture: PictureInput, options: RefineOptions): Promise<RefineResult>;
  /** Renders code once. `size`: pixels, for SVG. */
  render(
    code: string,
    options: {
      task: string;
      language?: string;
      size?: { width: number; height: number };
      signal?: AbortSignal;
    },
  ): Promise<RenderResult>;
  /** Compares two pictures once. `budget`: what the call takes counts there. */
  critique(
    reference: PictureInput,
    candidate: PictureInput,
    options: { task: string; critic?: string; prompts?: string; budget?: Budget; signal?: AbortSignal },
  ): Promise<CriticResult>;
  /** Ends renderers and their processes. */
  close(): Promise<void>;
}

export interface VerisimParts {
  /** Renderers to share with others; whoever opened them closes them. */
  readonly renderers?: Renderers;
}

/**
 * Opens the runtime: models, renderers and critics by one configuration, started when first needed and
 * shared by all runs.
 *
 * @example
 * await using verisim = createVerisim({ generator: 'openai:Qwen/Qwen3-VL-8B-Instruct' });
 * const { code } = await verisim.refine('chart.png', { task: 'chart' });
 * @throws ConfigError for a wrong configuration.
 */
export function createVerisim(input: ConfigInput = {}, parts: VerisimParts = {}): Verisim {
  const config = parseConfig(input);
  const renderers = parts.renderers ?? openRenderers(config);
  const models = openModels(config, renderers);
  const criticOf = async (
    which: NamedStrategy['critic'],
    { generator, critic }: Settings,
    options: ModelOptions,
  ) => {
    if (which === 'none') return undefined;
    return which === 'self' ? models.selfCritic(generator, options) : models.critic(critic, options);
  };
  // They remember how a reference was encoded, and what their server refuses: a trainer compares many with one.
  const comparers = keptBy<Promise<Critic>>();
  const close = async () => {
    await models.close();
    if (!parts.renderers) await renderers.close();
  };
  return {
    async refine(
      input,
      {
        task: taskName,
        id,
        pictures = memoryPictures(),
        name,
        generator: writer,
        critic: comparer,
        strategy: plan,
        calls,
        stages,
        budget,
        signal,
        onEvent,
        ...given
      },
    ) {
      const settings = settingsOf(config, {
        ...given,
        ...(typeof writer === 'string' && { generator: writer }),
        ...(typeof comparer === 'string' && { critic: comparer }),
        ...(typeof plan === 'string' && { strategy: plan }),
      });
      const task = taskNamed(taskName);
      const language = languageOf(task, settings.language);
      const named = strategyNamed(settings);
      const strategy = typeof plan === 'object' ? plan : named.strategy;
      const store = calls && diskReplies(calls.folder);
      const own = openBudget({ scope: 'run', limits: limitsOf(settings) });
      const budgets = [own, ...(budget ? [budget] : [])].filter((each) => each.left().length > 0);
      const left = () => budgets.flatMap((each) => each.left());
      const around = (model: ChatModel, spec: ModelSpec) => {
        const cached = store ? cachedModel(model, { store, run: calls.run }) : model;
        if (budgets.length === 0) return cached;
        checkPrices(spec, left());
        return meteredModel(cached, spec, budgets);
      };
      const options = { prompts: settings.prompts, around };
      const [generator, critic] = await Promise.all([
        typeof writer === 'object' ? writer : models.generator(settings.generator, options),
        typeof comparer === 'object' ? comparer : criticOf(named.critic, settings, options),
      ]);
      // LangGraph takes long to load; who renders or compares alone need not wait for it.
      const [picture, { run }] = await Promise.all([pictureOf(input), import('./run.ts')]);
      await renderers.ready(language.name);
      const { record, error } = await run(
        {
          task,
          language,
          generator,
          critic: critic && sampledCritic(critic, settings.criticSamples),
          renderer: renderers.of(language.name),
          pictures,
          strategy,
          stop: stopRuleOf(settings),
          showRender: settings.showRender,
          ...(stages && { stages }),
          feedback: settings.feedback,
          history: settings.history,
        },
        {
          picture,
          name: name ?? (typeof input === 'string' ? basename(input) : 'picture'),
          strategy: strategyRecordOf(strategy, settings),
          select: settings.select,
          budgets: left,
          ...(id && { id }),
          ...(settings.instructions && { instructions: settings.instructions }),
          ...(signal && { signal }),
          ...(onEvent && { emit: onEvent }),
        },
      );
      if (error instanceof ConfigError && record.rounds.length === 0) throw error;
      const best = record.best === null ? undefined : record.rounds[record.best];
      return {
        code: best?.code ?? null,
        picture: best?.render.kind === 'rendered' ? pictures.get(best.render.picture) : null,
        record,
        pictures,
        ...(error !== undefined && { error }),
      };
    },
    async render(code, { task, language, size, signal }) {
      const { name } = languageOf(taskNamed(task), language);
      return renderers.of(name).render({ code, ...(size && { size }), ...(signal && { signal }) });
    },
    async critique(
      reference,
      candidate,
      { task, critic = config.critic, prompts = config.prompts, budget, signal },
    ) {
      const around = (model: ChatModel, spec: ModelSpec) => {
        if (!budget || budget.left().length === 0) return model;
        checkPrices(spec, budget.left());
        return meteredModel(model, spec, [budget]);
      };
      const name = JSON.stringify([critic, prompts]);
      const comparer = await comparers(budget ?? config, name, () =>
        models.critic(critic, { prompts, around }),
      );
      return comparer.critique({
        task: taskNamed(task),
        reference: await pictureOf(reference),
        candidate: await pictureOf(candidate),
        ...(signal && { signal }),
      });
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** Settings of one run: the configuration's, with what the call gives in their place. */
function settingsOf(config: Config, overrides: Partial<Settings>): Settings {
  const names = Object.keys(Settings.shape);
  const given = [
    ...Object.entries(config).filter(([name]) => names.includes(name)),
    ...Object.entries(withPreset(overrides)),
  ];
  const parsed = Settings.safeParse(Object.fromEntries(given.filter(([, value]) => value !== undefined)));
  if (parsed.success) return parsed.data;
  throw new ConfigError(`The settings of the run are wrong.\n${z.prettifyError(parsed.error)}`);
}

function limitsOf({ budgetTokens, budgetCost, budgetTime }: Settings): BudgetLimits {
  return { tokens: budgetTokens, cost: budgetCost, time: budgetTime };
}

/** A budget of money that nothing can ever use up protects nobody. */
function checkPrices({ name, prices }: ModelSpec, budgets: readonly BudgetRecord[]): void {
  if (prices || !budgets.some(({ kind }) => kind === 'cost')) return;
  throw new ConfigError(
    `There is a budget of money, and ${name} has no prices. Set its prices in the configuration (0 where it is free).`,
  );
}

async function pictureOf(input: PictureInput): Promise<Picture> {
  if (typeof input === 'string') return loadPicture(input);
  return input instanceof Uint8Array ? decodePicture(input, 'The picture') : input;
}
