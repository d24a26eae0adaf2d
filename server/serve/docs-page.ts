import { createHash } from 'node:crypto';
import { html, raw } from 'hono/html';
import * as z from 'zod';
import { endpoint, type Route, type ServiceApp } from './endpoint.ts';
import { openapiOf } from './openapi.ts';

const style = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.1rem; margin-top: 2rem; text-transform: capitalize; }
details { border-top: 1px solid #8884; padding: .5rem 0; } summary { cursor: pointer; }
code, pre { font: .85rem/1.45 ui-monospace, monospace; } pre { overflow: auto; padding: .5rem; background: #8881; }
`;
const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** /openapi.json, and /docs, the same for people: no script, nothing from elsewhere. */
export function documentationRoutes(app: ServiceApp, secured: boolean): void {
  // Written once, when first asked for: by then every route is there.
  const document = once(() => openapiOf(app.routes, secured));
  const forPeople = once(() => page(app.routes, document()));
  endpoint(
    app,
    {
      method: 'get',
      path: '/openapi.json',
      tag: 'operation',
      summary: 'What this service takes and gives, as OpenAPI 3.1',
      replies: { 200: z.looseObject({ openapi: z.string() }) },
    },
    (context) => context.json(document()),
  );
  endpoint(
    app,
    {
      method: 'get',
      path: '/docs',
      tag: 'operation',
      summary: 'The same for people',
      replies: { 200: 'text/html' },
    },
    (context) => context.html(forPeople(), 200, { 'content-security-policy': policy }),
  );
}

const tags: readonly Route['tag'][] = ['chat', 'runs', 'rewards', 'operation'];

function page(routes: readonly Route[], { paths }: ReturnType<typeof openapiOf>) {
  const shown = ({ method, path, summary, description }: Route) => html`
    <details>
      <summary><code>${method.toUpperCase()} ${path}</code> ${summary}</summary>
      <p>${description ?? ''}</p>
      <pre>${JSON.stringify(paths[path]?.[method], null, 2)}</pre>
    </details>`;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>Verisim: the service</title>
        <style>${raw(style)}</style>
      </head>
      <body>
        <h1>Verisim: the service</h1>
        <p>For programs: <a href="/openapi.json">/openapi.json</a>.</p>
        ${tags.map((tag) => html`<h2>${tag}</h2>${routes.filter((route) => route.tag === tag).map(shown)}`)}
      </body>
    </html>`;
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
