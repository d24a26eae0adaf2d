import { instructionOf } from '../agents/lvlm/prompt.ts';
import { critiqueOf } from '../core/critique.ts';
import type { Round } from '../core/record.ts';
import type { StopRule } from '../core/stop.ts';
import type { Strategy } from '../core/strategy.ts';
import { languageOf, taskNamed } from '../core/tasks/index.ts';
import { addUsage, noUsage, type Usage } from '../core/usage.ts';
import { imageTokens, type Size, sizeWithin, textTokens } from '../models/estimate.ts';
import type { ModelSpec } from '../models/spec.ts';
import type { Prompts } from '../prompts/load.ts';

/** What is known of a model's calls before they are made. */
export interface CallShape {
  /** Most tokens of one reply; undefined where nothing says so. */
  readonly maxTokens: number | undefined;
  readonly prices: ModelSpec['prices'];
}

/** Prompt tokens of the calls of one run: its first draft, a revision beside what it quotes, a critique. */
export interface RunShape {
  readonly task: string;
  readonly draft: number;
  readonly revision: number;
  readonly critique: number;
}

export interface Shapes {
  /** Null: not a model. */
  readonly generator: CallShape | null;
  readonly critic: CallShape | null;
  of(picture: Size, task: string): RunShape;
}

/** Prompt tokens of the calls for a picture of this size: the picture by Qwen3-VL's formula, the text by its length. */
export function runShape(
  prompts: Prompts,
  picture: Size,
  {
    task: name,
    language: wanted,
    instructions = '',
  }: {
    readonly task: string;
    readonly language?: string | undefined;
    readonly instructions?: string | undefined;
  },
): RunShape {
  const task = taskNamed(name);
  const language = languageOf(task, wanted);
  const sent = sizeWithin(picture, task.generator.image.maxSide);
  const image = { digest: '', png: new Uint8Array(), ...picture };
  const feedback = critiqueOf({ critic: '', discrepancies: [], usage: noUsage });
  const request = { task, language, image, instructions };
  const draft = textTokens(instructionOf(prompts, request, sent));
  const revision = textTokens(
    instructionOf(prompts, { ...request, previous: { code: ' .', feedback } }, sent),
  );
  const compared = imageTokens(sizeWithin(picture, task.critic.image.maxSide));
  return {
    task: name,
    draft: imageTokens(sent) + draft,
    revision: imageTokens(sent) + revision,
    critique: 2 * compared + textTokens(prompts.fill(`${name}/critique`)),
  };
}

/** More drafts than any strategy of sense makes. */
const ENDLESS = 10_000;

/** How often a run asks its models. */
export interface CallCount {
  readonly drafts: number;
  readonly revisions: number;
  readonly critiques: number;
  /** Drafts that its revisions quote, all together. */
  readonly quotes: number;
}

export interface Switches {
  readonly criticSamples: number;
  readonly history: 'last' | 'all';
}

/** The most that a run can ask: what the strategy wants while every round gets a little better. */
export function mostCalls(
  strategy: Strategy,
  stop: StopRule,
  { criticSamples, history }: Switches,
): CallCount {
  const rounds: Round[] = [];
  for (let step = 0; rounds.length < ENDLESS; step += 1) {
    const next = strategy.next(rounds);
    if (next.length === 0) break;
    for (const { parent } of next) rounds.push(imagined(rounds.length, step, parent?.index ?? null));
    if (stop({ rounds, elapsed: 0 })) break;
  }
  const drafts = rounds.filter(({ parent }) => parent === null).length;
  const depths: number[] = [];
  for (const { parent } of rounds) depths.push(parent === null ? 0 : (depths[parent] ?? 0) + 1);
  const revisions = rounds.length - drafts;
  return {
    drafts,
    revisions,
    critiques: rounds.length * criticSamples,
    quotes: history === 'all' ? depths.reduce((sum, depth) => sum + depth, 0) : revisions,
  };
}

function imagined(index: number, step: number, parent: number | null): Round {
  const critique = critiqueOf({ critic: '', discrepancies: [], usage: noUsage });
  return {
    index,
    parent,
    step,
    code: '',
    reply: '',
    truncated: false,
    exhausted: false,
    confidence: null,
    render: { kind: 'rendered', picture: '', width: 1, height: 1, hacks: [] },
    critique: { ...critique, severitySum: 3 * ENDLESS - index },
    reward: 0,
    usage: { generator: noUsage, critic: noUsage },
    ms: { generate: 0, render: 0, critique: 0 },
  };
}

export function totalOf(usages: readonly Usage[]): Usage {
  return addUsage(...usages);
}
