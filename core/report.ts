import * as z from 'zod';
import { RunRecord } from './record.ts';

/** What a report holds: one run's record and every picture that it names, so that it opens without network. */
export const ReportData = z.object({
  record: RunRecord,
  pictures: z
    .record(z.string(), z.string().startsWith('data:image/png;base64,'))
    .describe('data URL of each picture by its digest'),
});
export type ReportData = z.infer<typeof ReportData>;
