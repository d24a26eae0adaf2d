import * as z from 'zod';
import { tasks } from '../../../core/tasks/index.ts';
import type { Config } from '../../../runtime/config.ts';
import { Settings } from '../../../runtime/settings.ts';
import type { Catalogue } from '../catalogue.ts';
import { endpoint, type ServiceApp } from '../endpoint.ts';
import { MAX_PICTURE_BYTES } from '../pictures.ts';

const Model = z.object({
  id: z.string(),
  object: z.literal('model'),
  created: z.int(),
  owned_by: z.literal('verisim'),
});
const Choices = z.object({
  tasks: z.array(z.object({ name: z.string(), languages: z.array(z.string()) })),
  models: z.array(z.string()).describe('names of /v1/models'),
  generators: z.array(z.string()),
  critics: z.array(z.string()),
  strategies: z.array(z.string()),
  defaults: z.object({
    generator: z.string(),
    critic: z.string(),
    strategy: z.string(),
    rounds: z.int(),
  }),
  pictureBytes: z.int().describe('bytes that a picture file may have'),
});

/** /v1/models as OpenAI's, and /v1/options: all that a run may be asked with here. */
export function modelRoutes(app: ServiceApp, catalogue: Catalogue, config: Config): void {
  const model = (id: string) => ({ id, object: 'model', created: 0, owned_by: 'verisim' });
  endpoint(
    app,
    {
      method: 'get',
      path: '/v1/models',
      tag: 'chat',
      summary: 'Names that a chat request may give',
      replies: { 200: z.object({ object: z.literal('list'), data: z.array(Model) }) },
    },
    (context) => context.json({ object: 'list', data: catalogue.models.map(({ name }) => model(name)) }),
  );
  endpoint(
    app,
    {
      method: 'get',
      path: '/v1/models/{model}',
      tag: 'chat',
      summary: 'One of these names',
      request: { params: z.object({ model: z.string().describe('may hold slashes') }) },
      replies: { 200: Model },
    },
    (context) => context.json(model(catalogue.modelNamed(context.req.param('model') ?? '').name)),
  );
  endpoint(
    app,
    {
      method: 'get',
      path: '/v1/options',
      tag: 'runs',
      summary: 'What a run may be asked with here',
      replies: { 200: Choices },
    },
    (context) => {
      const { generator, critic, strategy, rounds, serve } = config;
      return context.json({
        tasks: tasks.map(({ name, languages }) => ({ name, languages: languages.map((each) => each.name) })),
        models: catalogue.models.map(({ name }) => name),
        generators: catalogue.generators,
        critics: catalogue.critics,
        strategies: Settings.shape.strategy.unwrap().options,
        defaults: { generator, critic, strategy, rounds },
        pictureBytes: Math.min(MAX_PICTURE_BYTES, serve.bodyBytes),
      });
    },
  );
}
