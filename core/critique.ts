import * as z from 'zod';
import { Discrepancy } from './discrepancy.ts';
import { Usage } from './usage.ts';

/** What several critiques of the same two pictures agreed on, and what they did not. */
export const CriticSamples = z.object({
  asked: z.int().min(2),
  usable: z.int().min(1).describe('samples that gave a critique'),
  severitySums: z.array(z.int().min(0)).describe('of each usable sample'),
  disputed: z
    .array(Discrepancy)
    .describe('named by fewer than half of the usable samples, so not in the list'),
});
export type CriticSamples = z.infer<typeof CriticSamples>;

/** What a critic found. Sums are always derived from the list: build one with `critiqueOf`. */
export const Critique = z.object({
  kind: z.literal('critique'),
  critic: z.string().describe('name of the critic'),
  discrepancies: z.array(Discrepancy),
  severitySum: z.int().min(0).describe('sum of the severities in the list'),
  residual: z
    .number()
    .min(0)
    .max(1)
    .optional()
    .describe('continuous difference, 0 equal to 1 unlike, for ties between equal severity sums'),
  reply: z.string().optional().describe('the text that the critic model wrote'),
  samples: CriticSamples.optional().describe('only where several critiques were merged'),
  usage: Usage,
});
export type Critique = z.infer<typeof Critique>;

/** The critic gave nothing usable. Another type than Critique, so that it can never be read as perfect. */
export const CriticFailure = z.object({
  kind: z.literal('critic-failure'),
  critic: z.string().describe('name of the critic'),
  reason: z.string().describe('why no critique could be had'),
  reply: z.string().optional().describe('the last text that the critic model wrote'),
  usage: Usage,
});
export type CriticFailure = z.infer<typeof CriticFailure>;

export const CriticResult = z.discriminatedUnion('kind', [Critique, CriticFailure]);
export type CriticResult = z.infer<typeof CriticResult>;

export function severitySumOf(discrepancies: readonly Discrepancy[]): number {
  return discrepancies.reduce((sum, { severity }) => sum + severity, 0);
}

/** A Critique whose sum is derived from its list. */
export function critiqueOf(fields: Omit<Critique, 'kind' | 'severitySum'>): Critique {
  return { kind: 'critique', ...fields, severitySum: severitySumOf(fields.discrepancies) };
}

/** How many discrepancies there are of each category, categories without any included. */
export function countsByCategory(
  categories: readonly string[],
  discrepancies: readonly Discrepancy[],
): Record<string, number> {
  const counts: Record<string, number> = Object.fromEntries(categories.map((category) => [category, 0]));
  for (const { category } of discrepancies) counts[category] = (counts[category] ?? 0) + 1;
  return counts;
}
