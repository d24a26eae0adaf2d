import * as z from 'zod';

/** Which predicted errors are which labelled ones, by their places in the lists of counted errors. */
export const Matching = z.looseObject({
  matches: z
    .array(z.looseObject({ pred_id: z.unknown(), gt_id: z.unknown(), match_level: z.unknown() }))
    .nullish(),
  unmatched_pred: z.array(z.int()).nullish(),
  unmatched_gt: z.array(z.int()).nullish(),
});
export type Matching = z.infer<typeof Matching>;

export type Match = {
  readonly pred_id: number;
  readonly gt_id: number;
  readonly match_level: 'yes' | 'partial';
};

/**
 * Reads a judge's reply: JSON from the first brace to the last, code fences and text around it dropped.
 * Undefined when there is none or it is not of the shape asked for.
 */
export function parseJudgeReply(reply: string): Matching | undefined {
  const json = reply.slice(reply.indexOf('{'), reply.lastIndexOf('}') + 1);
  try {
    return Matching.safeParse(JSON.parse(json)).data;
  } catch {
    return undefined;
  }
}

/** The pairs that count: of level yes or partial, with both places in the lists, each place used once. */
export function keptMatches({ matches }: Matching, predicted: number, golden: number): Match[] {
  const usedPredicted = new Set<number>();
  const usedGolden = new Set<number>();
  const Pair = z.object({
    pred_id: z
      .int()
      .min(0)
      .max(predicted - 1),
    gt_id: z
      .int()
      .min(0)
      .max(golden - 1),
    match_level: z.enum(['yes', 'partial']),
  });
  return (matches ?? []).flatMap((candidate) => {
    const { data: pair } = Pair.safeParse(candidate);
    if (!pair || usedPredicted.has(pair.pred_id) || usedGolden.has(pair.gt_id)) return [];
    usedPredicted.add(pair.pred_id);
    usedGolden.add(pair.gt_id);
    return [pair];
  });
}

/** What is left over of a list: as the judge says, or what no kept pair uses where it says nothing. */
export function unmatched(
  listed: readonly number[] | null | undefined,
  used: readonly number[],
  length: number,
): number[] {
  if (listed && listed.length > 0) return [...new Set(listed)];
  const taken = new Set(used);
  return Array.from({ length }, (_, place) => place).filter((place) => !taken.has(place));
}
