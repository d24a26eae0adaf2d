import * as z from 'zod';
import { Hack, RenderFailure, type RenderResult } from '../../../core/render.ts';
import { endpoint, type ServiceApp } from '../endpoint.ts';
import { Refused } from '../refused.ts';
import type { CallParts } from './calls.ts';
import { CodeFields, codeOf } from './code.ts';
import { Fault } from './fault.ts';
import { answerItems, itemsBody } from './items.ts';

const side = z.int().min(1).max(8192).describe('pixels, for SVG');

const Rendered = z.object({
  kind: z.literal('rendered'),
  digest: z.string().describe('SHA-256 of the PNG'),
  width: z.int(),
  height: z.int(),
  image: z.string().describe('the PNG as a data URL'),
  hacks: z.array(Hack),
});
const Result = z.discriminatedUnion('kind', [Rendered, RenderFailure]);

const kind = {
  what: 'render' as const,
  common: z.object({}),
  item: CodeFields.extend({ size: z.object({ width: side, height: side }).exactOptional() }),
  outcome: (result: z.infer<typeof Result>) => (result.kind === 'rendered' ? 'rendered' : result.outcome),
};

export function renderRoute(app: ServiceApp, parts: CallParts): void {
  endpoint(
    app,
    {
      method: 'post',
      path: '/v1/render',
      tag: 'rewards',
      summary: 'Code in, a picture out, isolated from this machine',
      description:
        'Code that does not render is a result like any other. With "Accept: image/png" one picture is answered as such, and a failure as 422.',
      request: { body: { 'application/json': itemsBody(kind) } },
      replies: { 200: z.union([Result, z.object({ items: z.array(z.union([Result, Fault])) })]) },
    },
    async (context) => {
      const { results, many } = await answerItems(context, parts, kind, async (item, _, { signal }) => {
        const { code, language } = codeOf(item, parts.limits);
        const { task, size } = item;
        if (code.trim() === '') {
          return {
            kind: 'render-failure' as const,
            outcome: 'no-code' as const,
            message: 'There is no code.',
          };
        }
        return told(await parts.verisim.render(code, { task, language, ...(size && { size }), signal }));
      });
      if (many) return context.json({ items: results });
      const [result] = results;
      if (!context.req.header('accept')?.includes('image/png')) return context.json(result);
      if (result?.kind === 'rendered') {
        const png = Buffer.from(result.image.slice(result.image.indexOf(',') + 1), 'base64');
        return context.body(png, 200, { 'content-type': 'image/png' });
      }
      const message = result?.kind === 'render-failure' ? result.message : 'There is no picture.';
      throw new Refused({ status: 422, message, code: 'not_rendered' });
    },
  );
}

function told(result: RenderResult): z.infer<typeof Result> {
  if (result.kind === 'render-failure') return result;
  const { digest, width, height, png } = result.picture;
  const image = `data:image/png;base64,${Buffer.from(png).toString('base64')}`;
  return { kind: 'rendered', digest, width, height, image, hacks: [...result.hacks] };
}
