import type { Usage } from '../core/usage.ts';
import type { ChatModel, ChatRequest } from '../models/chat.ts';
import { promptTokens } from '../models/estimate.ts';
import { settleSampling } from '../models/sampling.ts';
import type { ModelSpec } from '../models/spec.ts';
import type { Budget, CallEstimate, Spending } from './budget.ts';

/** Servers count pictures and rare scripts in their own ways; twice the estimate is taken for the most. */
const PROMPT_MARGIN = 2;

/** What the calls so far have taught: sums, of which means are made. */
interface Learned {
  calls: number;
  estimated: number;
  input: number;
  output: number;
  milliseconds: number;
}

/**
 * The model, with each call admitted by all the budgets before it is made. A call is expected to take the mean of
 * this run's earlier ones, its prompt by its own size; as long as none was made, only its prompt counts, so that
 * nothing but what is certain can refuse it.
 */
export function meteredModel(
  model: ChatModel,
  { prices, sampling }: Pick<ModelSpec, 'prices' | 'sampling'>,
  budgets: readonly Budget[],
): ChatModel {
  const learned: Learned = { calls: 0, estimated: 0, input: 0, output: 0, milliseconds: 0 };

  const estimateOf = (request: ChatRequest): CallEstimate => {
    const prompt = promptTokens(request);
    const { calls, estimated, input, output, milliseconds } = learned;
    const mean = (sum: number) => (calls === 0 ? 0 : sum / calls);
    const likelyInput = estimated === 0 ? prompt : (prompt * input) / estimated;
    const { maxTokens = Infinity } = settleSampling(request.sampling ?? {}, sampling ?? {});
    return {
      likely: spendingOf(likelyInput, Math.min(maxTokens, mean(output)), prices),
      most: spendingOf(PROMPT_MARGIN * Math.max(prompt, likelyInput), maxTokens, prices),
      time: mean(milliseconds),
    };
  };

  const learn = (prompt: number, { inputTokens, outputTokens, replayedCalls = 0 }: Usage, ms: number) => {
    learned.calls += 1;
    learned.estimated += prompt;
    learned.input += inputTokens;
    learned.output += outputTokens;
    // A replay says nothing of how long a call takes.
    learned.milliseconds += replayedCalls > 0 ? learned.milliseconds / Math.max(1, learned.calls - 1) : ms;
  };

  return {
    ...model,
    async complete(request) {
      const settle = await admitted(budgets, estimateOf(request), request.signal);
      const started = performance.now();
      let taken: Spending = { tokens: 0, cost: 0 };
      let replayed = false;
      try {
        const reply = await model.complete(request);
        const { inputTokens, outputTokens, cost } = reply.usage;
        taken = { tokens: inputTokens + outputTokens, cost };
        replayed = (reply.usage.replayedCalls ?? 0) > 0;
        learn(promptTokens(request), reply.usage, performance.now() - started);
        return reply;
      } finally {
        settle(taken, replayed);
      }
    },
  };
}

type Settle = (spent: Spending, replayed?: boolean) => void;

async function admitted(
  budgets: readonly Budget[],
  estimate: CallEstimate,
  signal: AbortSignal | undefined,
): Promise<Settle> {
  const settles: Settle[] = [];
  const settle: Settle = (spent, replayed) => {
    for (const each of settles) each(spent, replayed);
  };
  try {
    for (const budget of budgets) settles.push(await budget.admit(estimate, signal));
  } catch (error) {
    settle({ tokens: 0, cost: 0 });
    throw error;
  }
  return settle;
}

function spendingOf(input: number, output: number, prices: ModelSpec['prices']): Spending {
  const cost = prices ? (prices.input * input + (prices.output === 0 ? 0 : prices.output * output)) / 1e6 : 0;
  return { tokens: input + output, cost };
}
