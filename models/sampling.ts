import type { Sampling } from '../core/task.ts';
import type { SamplingOverrides } from './spec.ts';

/** Names of the settings on the wire, as servers use them in their messages. */
const wireNames: Readonly<Record<keyof Sampling, string>> = {
  temperature: 'temperature',
  topP: 'top_p',
  topK: 'top_k',
  repetitionPenalty: 'repetition_penalty',
  presencePenalty: 'presence_penalty',
  maxTokens: 'max_tokens',
  seed: 'seed',
};

/** Settings with overrides laid over them, null meaning "left to the server". */
export function settleSampling(base: Sampling, ...overrides: readonly SamplingOverrides[]): Sampling {
  const laid: SamplingOverrides = Object.assign({}, base, ...overrides);
  return Object.fromEntries(
    Object.entries(laid).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
  );
}

/** The settings, of those that were sent, which a server's refusal names: asking without them may help. */
export function refusedSettings(message: string, sent: Sampling): (keyof Sampling)[] {
  const words = new Set(message.split(/[^A-Za-z0-9_]+/));
  const names = Object.keys(wireNames) as (keyof Sampling)[];
  return names.filter((name) => sent[name] !== undefined && (words.has(wireNames[name]) || words.has(name)));
}
