import * as z from 'zod';

/** What model calls consumed, as the API reported it. Zero calls: an embedded implementation. */
export const Usage = z.object({
  calls: z.int().min(0).describe('requests answered'),
  inputTokens: z.int().min(0).describe('prompt tokens, pictures included'),
  cachedInputTokens: z.int().min(0).describe('the part of inputTokens that the server read from its cache'),
  outputTokens: z.int().min(0).describe('completion tokens, thinking included'),
  cost: z.number().min(0).describe('US dollars, by the configured prices; 0 where no price is configured'),
});
export type Usage = z.infer<typeof Usage>;

export const noUsage: Usage = { calls: 0, inputTokens: 0, cachedInputTokens: 0, outputTokens: 0, cost: 0 };

export function addUsage(...usages: readonly Usage[]): Usage {
  return usages.reduce(
    (sum, usage) => ({
      calls: sum.calls + usage.calls,
      inputTokens: sum.inputTokens + usage.inputTokens,
      cachedInputTokens: sum.cachedInputTokens + usage.cachedInputTokens,
      outputTokens: sum.outputTokens + usage.outputTokens,
      cost: sum.cost + usage.cost,
    }),
    noUsage,
  );
}
