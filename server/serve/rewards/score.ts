import * as z from 'zod';
import type { ScoreFile, ScoreTools } from '../../../bench/score/metric.ts';
import { metricNamed, pairMetrics } from '../../../bench/score/metrics.ts';
import type { RenderFailure } from '../../../core/render.ts';
import { languageOf, taskNamed } from '../../../core/tasks/index.ts';
import { endpoint, type ServiceApp } from '../endpoint.ts';
import { Refused, readField } from '../refused.ts';
import { type CallParts, checkLength } from './calls.ts';
import { CodeFields } from './code.ts';
import { Fault } from './fault.ts';
import { answerItems, itemsBody } from './items.ts';

const Side = z.union([
  CodeFields.required({ code: true }).omit({ response: true }),
  z.object({ image: z.string().describe('data URL, or path below serve.references') }),
]);

const Scored = z.object({
  kind: z
    .enum(['scored', 'failed'])
    .describe('failed: the candidate does not render, and counts as the worst'),
  value: z.number(),
  parts: z.record(z.string(), z.number()),
  explanation: z.string(),
});

const kind = {
  what: 'score' as const,
  common: z.object({
    metric: z.enum(pairMetrics.map(({ name }) => name)).describe('what is measured'),
  }),
  item: z.object({ candidate: Side, reference: Side }),
  outcome: (result: z.infer<typeof Scored>) => result.kind,
};

/** Trees are compared in time that grows with the square of this. */
const MAX_CELLS = 2000;

export function scoreRoute(app: ServiceApp, parts: CallParts, tools: ScoreTools): void {
  endpoint(
    app,
    {
      method: 'post',
      path: '/v1/score',
      tag: 'rewards',
      summary: 'A metric of code or a picture against its reference',
      request: { body: { 'application/json': itemsBody(kind) } },
      replies: { 200: z.union([Scored, z.object({ items: z.array(z.union([Scored, Fault])) })]) },
    },
    async (context) => {
      const { results, many } = await answerItems(
        context,
        parts,
        kind,
        async (item, { metric: name }, { signal }) => {
          const metric = metricNamed(name);
          const [candidate, reference] = [
            fileOf('candidate', item.candidate, parts, signal),
            fileOf('reference', item.reference, parts, signal),
          ];
          refuseUnfit('candidate', candidate, metric.candidate);
          refuseUnfit('reference', reference, metric.reference);
          const score = await metric.score(candidate, reference, { ...tools, signal });
          if (!('kind' in score)) return { kind: 'scored' as const, ...score };
          return { kind: 'failed' as const, value: metric.worst ?? 0, parts: {}, explanation: whyOf(score) };
        },
      );
      return context.json(many ? { items: results } : results[0]);
    },
  );
}

/** What a request brings, as the metrics take it. */
function fileOf(
  which: 'candidate' | 'reference',
  side: z.infer<typeof Side>,
  { verisim, pictures, limits }: CallParts,
  signal: AbortSignal,
): ScoreFile {
  if ('image' in side) {
    const text = async () => {
      throw new Refused({
        status: 400,
        message: 'This metric reads code, not a picture.',
        code: 'invalid_request',
        param: which,
      });
    };
    return { path: 'picture.png', text, picture: () => pictures.read(side.image, `${which}.image`, signal) };
  }
  const { task, code } = side;
  const { name: language, extension } = readField(`${which}.language`, () =>
    languageOf(taskNamed(task), side.language),
  );
  checkLength(`${which}.code`, code, limits);
  if ((code.match(/<t[dhr]\b|\|/gi)?.length ?? 0) > MAX_CELLS) {
    const message = `The table has more than ${MAX_CELLS} cells.`;
    throw new Refused({ status: 413, message, code: 'code_too_large', param: `${which}.code` });
  }
  return {
    path: `code.${extension}`,
    text: async () => code,
    async picture(size) {
      const result = await verisim.render(code, { task, language, ...(size && { size }), signal });
      return result.kind === 'rendered' ? result.picture : result;
    },
  };
}

function refuseUnfit(which: string, { path }: ScoreFile, taken: readonly string[]): void {
  const extension = path.slice(path.indexOf('.') + 1);
  if (taken.includes(extension)) return;
  throw new Refused({
    status: 400,
    message: `This metric takes as ${which}: ${taken.join(', ')}.`,
    code: 'invalid_request',
    param: which,
  });
}

function whyOf({ outcome, message }: RenderFailure): string {
  return `It does not render (${outcome}: ${message}), which counts as the worst value.`;
}
