/** Prints `N passed, N failed` from vitest's JSON report. Exits 1 when anything failed or nothing ran. */
import { readFileSync } from 'node:fs';
import * as z from 'zod';

const Report = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  numFailedTestSuites: z.int(),
  success: z.boolean(),
});
const report = Report.parse(JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')));
// A file that could not even be loaded has no tests to fail: it counts as one failure.
const failed = Math.max(report.numFailedTests, report.success ? 0 : 1);
const skipped = report.numPendingTests > 0 ? `, ${report.numPendingTests} skipped` : '';
console.log(`${report.numPassedTests} passed, ${failed} failed${skipped}`);
process.exitCode = failed > 0 || report.numPassedTests === 0 ? 1 : 0;
