import { readFile } from 'node:fs/promises';
import { endpoint, type ServiceApp } from './endpoint.ts';
import { Refused } from './refused.ts';

/** /: the page for people (web/). It asks for the key itself, so it is given to anybody. */
export function pageRoute(app: ServiceApp): void {
  endpoint(
    app,
    {
      method: 'get',
      path: '/',
      tag: 'operation',
      summary: 'The page: a picture in, the rounds to watch',
      replies: { 200: 'text/html' },
    },
    async (context) => {
      const html = await builtPage();
      // The page bears its own policy, with the digests of its script and style; framing is the header's to forbid.
      const own =
        /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html)?.[1] ?? "default-src 'none'";
      return context.html(html, 200, { 'content-security-policy': `${own}; frame-ancestors 'none'` });
    },
  );
}

async function builtPage(): Promise<string> {
  try {
    return await readFile(new URL('../../web/dist/service.html', import.meta.url), 'utf8');
  } catch (cause) {
    throw new Refused(
      { status: 503, message: 'The page is not built. Run: npm run build:page', code: 'not_ready' },
      cause,
    );
  }
}
