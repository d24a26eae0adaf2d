import type { Token, Tokens } from 'marked';
import { serve } from '../../../tools/render/process/serve.ts';
import type { MarkdownReply } from './job.ts';

await serve(async () => {
  const [{ lexer }, { MarkdownJob }] = await Promise.all([import('marked'), import('./job.ts')]);
  return (job): MarkdownReply => {
    const { code } = MarkdownJob.parse(job);
    try {
      return lexer(code, { gfm: true })
        .filter((token): token is Tokens.Table => token.type === 'table')
        .map(({ raw, header, rows }) => ({
          raw,
          rows: [header, ...rows].map((row) => row.map(({ tokens }) => textsOf(tokens))),
        }));
    } catch (error) {
      // The parser is recursive: the stack is its limit on nesting.
      if (!(error instanceof RangeError)) throw error;
      return { unreadable: 'it is nested too deeply' };
    }
  };
});

/** Texts without markup around them or entities in them. */
function textsOf(tokens: readonly Token[]): string[] {
  return tokens.flatMap((token) => {
    if ('tokens' in token && token.tokens) return textsOf(token.tokens);
    return token.type === 'text' && !token.raw.includes('&') ? [token.raw] : [];
  });
}
