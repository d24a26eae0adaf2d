import { createHash } from 'node:crypto';
import * as z from 'zod';
import { addUsage, noUsage, Usage } from '../../core/usage.ts';
import {
  allowedTypes,
  countedErrors,
  type ListedError,
  type RewardBenchItem,
  typeOf,
} from '../../metrics/rewardbench/item.ts';
import { parseJudgeReply } from '../../metrics/rewardbench/matching.ts';
import { type Judge, judgeSampling } from '../judge.ts';

/** One line of matches.jsonl. */
export const Match = z.object({
  id: z.string(),
  judge: z.string(),
  lists: z.string().describe('digest of the two lists that were matched'),
  reply: z.string(),
  usage: Usage,
});
export type Match = z.infer<typeof Match>;

/** How often an item is asked for, the first time included, before it counts as one that cannot be matched. */
const TRIES = 2;
const MAX_REPLY = 100_000;

/** Says whether a match that was kept is of these lists and this judge. */
export function isMatchOf(match: Match | undefined, item: RewardBenchItem, judge: string): match is Match {
  return match?.judge === judge && match.lists === digestOf(item);
}

/**
 * Has a text model say which predicted errors are which labelled ones. Where a list is empty there is nothing to ask.
 * @throws ModelError when the judge cannot be had; the signal's reason when aborted.
 */
export async function judgeMatching(
  { model, prompts }: Judge,
  item: RewardBenchItem,
  signal?: AbortSignal,
): Promise<Match> {
  const { predicted, golden } = countedErrors(item);
  const made = { id: item.id, judge: model.name, lists: digestOf(item) };
  if (predicted.length === 0 || golden.length === 0)
    return { ...made, reply: '{"matches": []}', usage: noUsage };
  const text = prompts.fill('judge/vc-rewardbench', {
    category: item.category,
    types: (allowedTypes(item.category) ?? []).join(', '),
    predicted: listed(predicted, 'pred_id'),
    labelled: listed(golden, 'gt_id'),
  });
  let reply = '';
  let usage = noUsage;
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    const answer = await model.complete({
      parts: [{ type: 'text', text }],
      sampling: judgeSampling,
      sample: attempt,
      ...(signal && { signal }),
    });
    reply = answer.text.slice(0, MAX_REPLY);
    usage = addUsage(usage, answer.usage);
    if (parseJudgeReply(reply)) break;
  }
  return { ...made, reply, usage };
}

/** Type, severity and description alone, as the official script shows them. */
function listed(errors: readonly ListedError[], id: 'pred_id' | 'gt_id'): string {
  const lines = errors.map((error, index) =>
    JSON.stringify({
      [id]: index,
      type: typeOf(error),
      severity: error.severity,
      description: error.description,
    }),
  );
  return lines.join('\n');
}

function digestOf(item: RewardBenchItem): string {
  const { predicted, golden } = countedErrors(item);
  return createHash('sha256')
    .update(JSON.stringify([item.category, predicted, golden]))
    .digest('hex')
    .slice(0, 16);
}
