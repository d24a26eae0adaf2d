import { serve } from '../process/serve.ts';
import type { MarkdownReply } from './job.ts';

await serve(async () => {
  const [{ marked }, { MarkdownJob }] = await Promise.all([import('marked'), import('./job.ts')]);
  return (job): MarkdownReply => {
    const { code } = MarkdownJob.parse(job);
    try {
      return { kind: 'html', html: marked.parse(code, { gfm: true, async: false }) };
    } catch (error) {
      // The parser is recursive: the stack is its limit on nesting.
      if (!(error instanceof RangeError)) throw error;
      const message = 'The Markdown is nested too deeply.';
      return { kind: 'render-failure', outcome: 'output-limit', message };
    }
  };
});
