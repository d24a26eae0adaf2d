import * as z from 'zod';

export const MarkdownJob = z.object({ code: z.string() });

/** Plain stretches of text of each cell, as they stand in the code. */
const Cells = z.array(z.array(z.string()));

/** A table and where its text stands, as the lexer found them. */
export const LexedTable = z.object({ raw: z.string(), rows: z.array(Cells).min(1) });
export type LexedTable = z.infer<typeof LexedTable>;

export const MarkdownReply = z.union([z.array(LexedTable), z.object({ unreadable: z.string() })]);
export type MarkdownReply = z.infer<typeof MarkdownReply>;
