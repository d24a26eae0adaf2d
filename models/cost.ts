import { z } from 'zod';
import type { Usage } from '../core/usage.ts';
import type { ModelSpec } from './spec.ts';

const tokens = z.int().min(0).catch(0);

/** LangChain's usage_metadata; a field that a server leaves out or garbles counts as 0. */
const UsageMetadata = z
  .object({
    input_tokens: tokens,
    output_tokens: tokens,
    input_token_details: z.object({ cache_read: tokens }).catch({ cache_read: 0 }),
  })
  .catch({ input_tokens: 0, output_tokens: 0, input_token_details: { cache_read: 0 } });

/** Usage of one answered call. Without usage from the server, one call and no tokens. */
export function usageOf(metadata: unknown, prices: ModelSpec['prices']): Usage {
  const { input_tokens, output_tokens, input_token_details } = UsageMetadata.parse(metadata);
  const cached = Math.min(input_tokens, input_token_details.cache_read);
  const cost = prices
    ? (prices.input * (input_tokens - cached) +
        (prices.cachedInput ?? prices.input) * cached +
        prices.output * output_tokens) /
      1e6
    : 0;
  return {
    calls: 1,
    inputTokens: input_tokens,
    cachedInputTokens: cached,
    outputTokens: output_tokens,
    cost,
  };
}
