import * as z from 'zod';

/** What model calls consumed, as the API reported it. Zero calls: an embedded implementation. */
export const Usage = z.object({
  calls: z.int().min(0).describe('requests answered'),
  inputTokens: z.int().min(0).describe('prompt tokens, pictures included'),
  cachedInputTokens: z.int().min(0).describe('the part of inputTokens that the server read from its cache'),
  outputTokens: z.int().min(0).describe('completion tokens, thinking included'),
  cost: z.number().min(0).describe('US dollars, by the configured prices; 0 where no price is configured'),
  replayedCalls: z
    .int()
    .min(0)
    .optional()
    .describe('the part of calls that a call cache answered; left out: 0'),
  replayedCost: z
    .number()
    .min(0)
    .optional()
    .describe('the part of cost that was paid when those calls were first made; left out: 0'),
});
export type Usage = z.infer<typeof Usage>;

export const noUsage: Usage = { calls: 0, inputTokens: 0, cachedInputTokens: 0, outputTokens: 0, cost: 0 };

export function addUsage(...usages: readonly Usage[]): Usage {
  const sum = (value: (usage: Usage) => number) => usages.reduce((total, usage) => total + value(usage), 0);
  const replayedCalls = sum((usage) => usage.replayedCalls ?? 0);
  return {
    calls: sum(({ calls }) => calls),
    inputTokens: sum(({ inputTokens }) => inputTokens),
    cachedInputTokens: sum(({ cachedInputTokens }) => cachedInputTokens),
    outputTokens: sum(({ outputTokens }) => outputTokens),
    cost: sum(({ cost }) => cost),
    ...(replayedCalls > 0 && { replayedCalls, replayedCost: sum((usage) => usage.replayedCost ?? 0) }),
  };
}
