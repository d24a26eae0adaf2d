import * as z from 'zod';
import { type CriticResult, countsByCategory } from '../../core/critique.ts';
import { ConfigError } from '../../core/errors.ts';
import { taskNamed } from '../../core/tasks/index.ts';
import { Usage } from '../../core/usage.ts';
import type { RewardBenchEntry } from '../../datasets/vc-rewardbench.ts';
import { ListedError } from '../../metrics/rewardbench/item.ts';
import type { Verisim } from '../../runtime/verisim.ts';

/** One line of predictions.jsonl: the item as published, with the fields that the official script adds and reads. */
export const Prediction = z.looseObject({
  id: z.string(),
  idx: z.union([z.number(), z.string()]).optional(),
  category: z.string(),
  human_errors: z.array(ListedError),
  pred_json: z.looseObject({ errors: z.array(ListedError).nullish() }).nullish(),
  error_parse_failed_reason: z.string().nullish(),
  verisim: z
    .object({ critic: z.string(), usage: Usage, milliseconds: z.number().min(0) })
    .optional()
    .describe('who predicted, and at what cost; the official script passes over it'),
});
export type Prediction = z.infer<typeof Prediction>;

/** Has the critic compare the two pictures of an item: reference first. */
export async function predict(
  entry: RewardBenchEntry,
  { verisim, critic, signal }: { verisim: Verisim; critic: string; signal?: AbortSignal | undefined },
): Promise<Prediction> {
  const { reference, candidate, source: _, ...item } = entry;
  const pictures = await Promise.all([reference(), candidate()]);
  const started = performance.now();
  const result = await verisim
    .critique(...pictures, { task: item.category, critic, ...(signal && { signal }) })
    .catch((cause: unknown) => {
      if (!(cause instanceof ConfigError)) throw cause;
      throw new ConfigError(`${cause.message} Or leave such items out: --categories names those to take.`, {
        cause,
      });
    });
  const milliseconds = performance.now() - started;
  return {
    ...item,
    ...predictedBy(result, item.category),
    verisim: { critic: result.critic, usage: result.usage, milliseconds },
  };
}

function predictedBy(
  result: CriticResult,
  category: string,
): Pick<Prediction, 'pred_json' | 'error_parse_failed_reason'> {
  if (result.kind === 'critic-failure') return { pred_json: null, error_parse_failed_reason: result.reason };
  const { categories, critic } = taskNamed(category);
  const counts = countsByCategory(categories, result.discrepancies);
  const errors = result.discrepancies.map((discrepancy) => {
    const named = { ...discrepancy, type: discrepancy.category };
    return Object.fromEntries(critic.errorFields.map((field) => [field, named[field]]));
  });
  return {
    pred_json: {
      ...Object.fromEntries(Object.entries(counts).map(([name, count]) => [`${name}_count`, count])),
      errors: errors.map((error) => ListedError.parse(error)),
    },
    error_parse_failed_reason: null,
  };
}
