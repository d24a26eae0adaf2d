import * as z from 'zod';
import { CriticResult } from '../../core/critique.ts';
import { Box, Severity } from '../../core/discrepancy.ts';

/** One critique of one case under one probe: a line of observations.jsonl. */
export const Observation = z.object({
  id: z.string().describe('case and probe'),
  case: z.string(),
  picture: z.string(),
  task: z.string(),
  labels: z.array(z.object({ category: z.string(), severity: Severity, box: Box.optional() })),
  probe: z.string(),
  result: CriticResult,
  milliseconds: z.number().min(0),
});
export type Observation = z.infer<typeof Observation>;

/** The critic's severity sum; undefined when it gave nothing usable. */
export function sumOf({ result }: Observation): number | undefined {
  return result.kind === 'critique' ? result.severitySum : undefined;
}

export function labelledSum({ labels }: Observation): number {
  return labels.reduce((sum, { severity }) => sum + severity, 0);
}
