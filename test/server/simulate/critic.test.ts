import { jsonrepair } from 'jsonrepair';
import type OpenAI from 'openai';
import sharp from 'sharp';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import type { Picture } from '../../../core/picture.ts';
import type { Renderer } from '../../../core/render.ts';
import { examplesFolder, type KnownPicture, loadKnownPictures } from '../../../datasets/known.ts';
import { allDrafts, type Damages, draftKey } from '../../../server/simulate/draft.ts';
import { startSimulator } from '../../../server/simulate/start.ts';
import { openBrowser } from '../../../tools/render/browser.ts';
import { htmlRenderer } from '../../../tools/render/html.ts';
import { matplotlibRenderer } from '../../../tools/render/matplotlib.ts';
import { svgRenderer } from '../../../tools/render/svg.ts';
import { clientOf, renderOf, simulateIcon, textOf, userMessage } from './support.ts';

const model = 'simulated-critic';

const Answer = z.looseObject({ errors: z.array(z.record(z.string(), z.unknown())) });

/** The JSON object of a reply, whatever stands around it. */
function answerOf(reply: string): z.infer<typeof Answer> {
  return Answer.parse(JSON.parse(reply.slice(reply.indexOf('{'), reply.lastIndexOf('}') + 1)));
}

const renderers: Record<string, () => Renderer> = {
  chart: matplotlibRenderer,
  icon: svgRenderer,
  table: () => htmlRenderer({ browser: openBrowser() }),
};

/** Visual-ERM's fields; a table's errors carry `type` and no location. */
function expectedErrors({ task }: KnownPicture, damages: Damages): Record<string, unknown>[] {
  return damages.map(({ category, severity, location, description, box }) =>
    task.name === 'table'
      ? { type: category, severity, description }
      : { category, severity, location, description, ...(box && { box }) },
  );
}

// 128 renders, half of them through Chromium.
describe('lists exactly what is damaged, for every draft', { timeout: 300_000 }, async () => {
  const pictures = await loadKnownPictures(examplesFolder);
  it.each(pictures)('of the $name', async (known) => {
    const renderer = renderers[known.name]?.();
    if (!renderer) throw new Error(`no renderer for ${known.name}`);
    const simulator = await startSimulator({}, { pictures: [known], renderers: [renderer] });
    onTestFinished(async () => {
      await simulator.close();
      await renderer.close();
    });
    const client = clientOf(simulator);
    for (const damages of allDrafts(known)) {
      const candidate = await renderOf(known, damages, renderer);
      const message = await userMessage(known, [known.picture, candidate], 'Compare.');
      const completion = await client.chat.completions.create({ model, messages: [message] });
      const answer = answerOf(textOf(completion));
      expect(answer.errors, draftKey(damages)).toEqual(expectedErrors(known, damages));
      for (const category of known.task.categories) {
        const count = damages.filter((damage) => damage.category === category).length;
        expect(answer[`${category}_count`], `${draftKey(damages)} ${category}`).toBe(count);
      }
    }
  });
});

/** A critic of one draft of the icon. */
async function critic(options: Parameters<typeof simulateIcon>[0], damaged = 3) {
  const server = await simulateIcon(options);
  const { icon, renderer, client } = server;
  const damages = icon.damages.slice(0, damaged);
  const pictures = [icon.picture, await renderOf(icon, damages, renderer)];
  const ask = async (
    more: Partial<OpenAI.ChatCompletionCreateParamsNonStreaming> = {},
    wording = 'Compare.',
  ) =>
    client.chat.completions.create({
      model,
      messages: [await userMessage(icon, pictures, wording)],
      ...more,
    });
  const replies = (count: number) =>
    Promise.all(Array.from({ length: count }, async (_, turn) => textOf(await ask({}, `Compare ${turn}.`))));
  return { ...server, damages, pictures, ask, replies };
}

it('knows a draft again that was resized and encoded by another client', async () => {
  const { client, pictures, damages, icon } = await critic({});
  const urls = await Promise.all(
    pictures.map(async ({ png }) => {
      const jpeg = await sharp(png).resize(300, 300).jpeg({ quality: 85 }).toBuffer();
      return `data:image/jpeg;base64,${jpeg.toString('base64')}`;
    }),
  );
  const content = urls.map((url) => ({ type: 'image_url', image_url: { url } }) as const);
  const completion = await client.chat.completions.create({ model, messages: [{ role: 'user', content }] });
  expect(answerOf(textOf(completion)).errors).toEqual(expectedErrors(icon, damages));
});

it('misses and invents at the asked rates', async () => {
  const blind = await critic({ miss: 1 });
  expect(answerOf(textOf(await blind.ask())).errors).toEqual([]);
  const inventive = await critic({ invent: 1 });
  expect(answerOf(textOf(await inventive.ask())).errors).toHaveLength(inventive.icon.damages.length);
  const half = await critic({ miss: 0.5 }, 5);
  const found = (await half.replies(40)).flatMap((reply) => answerOf(reply).errors);
  expect(found.length / 200).toBeGreaterThan(0.4);
  expect(found.length / 200).toBeLessThan(0.6);
});

it('varies its wording around the JSON', async () => {
  const { replies } = await critic({});
  const shapes = (await replies(30)).map((reply) => [reply.startsWith('{'), reply.includes('```')].join());
  expect(new Set(shapes).size).toBeGreaterThan(2);
});

it('talks without JSON when told to', async () => {
  const { replies } = await critic({ nonsense: 1 });
  for (const reply of await replies(5)) expect(reply).not.toContain('{');
});

it('breaks its JSON, so that it can be repaired', async () => {
  const { replies, damages } = await critic({ malformed: 1 });
  for (const reply of await replies(12)) {
    const json = reply.slice(reply.indexOf('{'));
    expect(() => JSON.parse(json)).toThrow();
    expect(Answer.parse(JSON.parse(jsonrepair(json.replace(/\s*```\s*$/, '')))).errors).toHaveLength(
      damages.length,
    );
  }
});

it('ends in its middle when told to', async () => {
  const { ask } = await critic({ truncate: 1 });
  const completion = await ask();
  expect(completion.choices[0]?.finish_reason).toBe('length');
  expect(() => answerOf(textOf(completion))).toThrow();
});

it('answers a response_format with bare JSON, in the fields of its schema', async () => {
  const { ask, damages } = await critic({});
  const item = { type: 'object', properties: { category: {}, severity: {} } };
  const schema = { type: 'object', properties: { errors: { type: 'array', items: item } } };
  const response_format = { type: 'json_schema', json_schema: { name: 'critique', schema } } as const;
  const { errors } = Answer.parse(JSON.parse(textOf(await ask({ response_format }))));
  expect(errors).toEqual(damages.map(({ category, severity }) => ({ category, severity })));
});

it('needs two pictures, the second a draft of the first', async () => {
  const { client, icon, renderer } = await critic({});
  const compare = async (...pictures: Picture[]) =>
    client.chat.completions.create({ model, messages: [await userMessage(icon, pictures, 'Compare.')] });
  await expect(compare(icon.picture)).rejects.toThrow(/two pictures/);
  const code =
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="3"/></svg>';
  const other = await renderer.render({ code, size: icon.picture });
  if (other.kind !== 'rendered') throw new Error(other.message);
  await expect(compare(icon.picture, other.picture)).rejects.toMatchObject({ code: 'unknown_candidate' });
});

it('lets the generator judge its own draft', async () => {
  const { ask, damages, icon } = await critic({});
  const reply = textOf(await ask({ model: 'simulated-generator' }));
  expect(answerOf(reply).errors).toEqual(expectedErrors(icon, damages));
});
