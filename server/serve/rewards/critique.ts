import * as z from 'zod';
import { CriticResult } from '../../../core/critique.ts';
import { TaskName } from '../../../runtime/settings.ts';
import { endpoint, type ServiceApp } from '../endpoint.ts';
import type { CallParts } from './calls.ts';
import { Fault } from './fault.ts';
import { answerItems, itemsBody } from './items.ts';

const kind = {
  what: 'critique' as const,
  common: z.object({
    critic: z.string().exactOptional().describe('a configured critic; default: the configuration’s'),
  }),
  item: z.object({
    task: TaskName,
    reference: z.string().describe('picture: data URL, or path below serve.references'),
    candidate: z.string().describe('picture: data URL, or path below serve.references'),
  }),
  outcome: (result: CriticResult) => result.kind,
};

export function critiqueRoute(app: ServiceApp, parts: CallParts): void {
  const { verisim, pictures } = parts;
  endpoint(
    app,
    {
      method: 'post',
      path: '/v1/critique',
      tag: 'rewards',
      summary: 'Two pictures in, their differences out',
      request: { body: { 'application/json': itemsBody(kind) } },
      replies: { 200: z.union([CriticResult, z.object({ items: z.array(z.union([CriticResult, Fault])) })]) },
    },
    async (context) => {
      const { results, many } = await answerItems(
        context,
        parts,
        kind,
        async ({ task, ...sources }, { critic }, { caller: { budget }, signal }) => {
          const named = critic === undefined ? {} : { critic };
          const [reference, candidate] = await Promise.all([
            pictures.read(sources.reference, 'reference', signal),
            pictures.read(sources.candidate, 'candidate', signal),
          ]);
          const options = { task, ...named, ...(budget && { budget }), signal };
          return verisim.critique(reference, candidate, options);
        },
      );
      return context.json(many ? { items: results } : results[0]);
    },
  );
}
