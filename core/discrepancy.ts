import * as z from 'zod';

/** 1 minor, barely affects reading; 2 needs correction for reliable use; 3 misleads or breaks structure. */
export const Severity = z.union([z.literal(1), z.literal(2), z.literal(3)]);
export type Severity = z.infer<typeof Severity>;

/** [x, y, width, height] as fractions (0 to 1) of the reference picture. */
export const Box = z.tuple([z.number(), z.number(), z.number(), z.number()]);
export type Box = z.infer<typeof Box>;

/** One difference between the reference picture and a render of generated code. */
export const Discrepancy = z.object({
  category: z.string().describe('one of the categories of the task, e.g. "data_error"'),
  severity: Severity,
  location: z.string().describe('where in the picture, in words; empty when the critic gives none'),
  description: z.string().describe('what differs and what it should be'),
  named: z
    .int()
    .min(1)
    .optional()
    .describe('how many of the samples named it; only where several critiques were merged'),
  box: Box.optional().describe('[x, y, width, height] as fractions of the reference picture'),
});
export type Discrepancy = z.infer<typeof Discrepancy>;
