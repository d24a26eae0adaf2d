import OpenAI from 'openai';
import { expect, it } from 'vitest';
import { knownIcon, simulateIcon, textOf, userMessage } from './support.ts';

const model = 'simulated-generator';

it('lists the models that it plays', async () => {
  const { client } = await simulateIcon();
  const models = [];
  for await (const { id } of client.models.list()) models.push(id);
  expect(models).toEqual(['simulated-generator', 'simulated-critic']);
  expect(await client.models.retrieve(model)).toMatchObject({ id: model });
});

it('answers a picture with code, its own name, and token counts by length and picture size', async () => {
  const { client, icon } = await simulateIcon();
  const message = await userMessage(icon, [icon.picture], 'x'.repeat(400));
  const completion = await client.chat.completions.create({ model, messages: [message] });
  expect(completion).toMatchObject({ model, system_fingerprint: 'verisim-simulated' });
  expect(completion.choices[0]?.finish_reason).toBe('stop');
  expect(textOf(completion)).toMatch(/```svg\n[\s\S]*<svg[\s\S]*<\/svg>\n```/);
  // 336 px are 10.5 patches of 32 px, rounded to 11.
  expect(completion.usage?.prompt_tokens).toBe(100 + 11 * 11);
  expect(completion.usage?.completion_tokens).toBe(Math.ceil(textOf(completion).length / 4));
});

it('streams the same reply in pieces, the usage last where it is asked for', async () => {
  const { client, icon } = await simulateIcon();
  const messages = [await userMessage(icon, [icon.picture], 'draw')];
  const whole = await client.chat.completions.create({ model, messages });
  for (const include_usage of [true, false]) {
    const chunks = await client.chat.completions.create({
      model,
      messages,
      stream: true,
      stream_options: { include_usage },
    });
    const pieces: string[] = [];
    const usages = [];
    for await (const { choices, usage } of chunks) {
      pieces.push(choices[0]?.delta.content ?? '');
      if (usage) usages.push(usage);
    }
    expect(pieces.length).toBeGreaterThan(10);
    expect(pieces.join('')).toBe(textOf(whole));
    expect(usages).toEqual(include_usage ? [whole.usage] : []);
  }
});

it('gives the same reply to the same request, from another server too, and another by another seed', async () => {
  const ask = async (seed: number, text = 'draw') => {
    const { client, icon } = await simulateIcon({ seed });
    const messages = [await userMessage(icon, [icon.picture], text)];
    const replies = [1, 2].map(() => client.chat.completions.create({ model, messages }));
    const [first, second] = (await Promise.all(replies)).map(textOf);
    expect(first).toBe(second);
    return first;
  };
  const replies = await Promise.all([ask(1), ask(1), ask(2), ask(3), ask(1, 'draw it')]);
  expect(replies[0]).toBe(replies[1]);
  expect(new Set(replies).size).toBeGreaterThan(1);
});

it('cuts a reply at max_tokens', async () => {
  const { client, icon } = await simulateIcon();
  const messages = [await userMessage(icon, [icon.picture], 'draw')];
  const completion = await client.chat.completions.create({ model, messages, max_tokens: 20 });
  expect(completion.choices[0]?.finish_reason).toBe('length');
  expect(completion.usage?.completion_tokens).toBe(20);
  expect(textOf(completion)).toHaveLength(80);
});

it('asks for its key, when it has one', async () => {
  const { client, simulator } = await simulateIcon({ apiKey: 'secret' }, 'wrong');
  await expect(client.models.list()).rejects.toThrow(OpenAI.AuthenticationError);
  const right = new OpenAI({ baseURL: simulator.url, apiKey: 'secret', maxRetries: 0 });
  expect((await right.models.list()).data).toHaveLength(2);
});

it('refuses models it does not play, in the shape that clients know', async () => {
  const { client, icon } = await simulateIcon();
  const messages = [await userMessage(icon, [icon.picture], 'draw')];
  const error = await client.chat.completions.create({ model: 'gpt-9', messages }).catch((cause) => cause);
  expect(error).toBeInstanceOf(OpenAI.NotFoundError);
  expect(error).toMatchObject({ status: 404, code: 'model_not_found', param: 'model' });
});

it('says which pictures it knows when it is shown another', async () => {
  const { client, icon, renderer } = await simulateIcon();
  const code =
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="3"/></svg>';
  const other = await renderer.render({ code, size: { width: 336, height: 336 } });
  if (other.kind !== 'rendered') throw new Error(other.message);
  const messages = [await userMessage(icon, [other.picture], 'draw')];
  const error = await client.chat.completions.create({ model, messages }).catch((cause) => cause);
  expect(error).toBeInstanceOf(OpenAI.BadRequestError);
  expect(error).toMatchObject({ code: 'unknown_picture', message: expect.stringContaining('icon') });
});

it('refuses hostile requests without reading them to the end', async () => {
  const { simulator } = await simulateIcon();
  const icon = await knownIcon();
  const send = async (body: string) => {
    const response = await fetch(`${simulator.url}/chat/completions`, { method: 'POST', body });
    expect(await response.json()).toMatchObject({ error: { type: 'invalid_request_error' } });
    return response.status;
  };
  const withImage = (url: string) =>
    JSON.stringify({
      model,
      messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url } }] }],
    });
  expect(await send('x'.repeat(33 * 1024 * 1024))).toBe(413);
  expect(await send('{"model":')).toBe(400);
  expect(await send('['.repeat(1_000_000))).toBe(400);
  expect(await send(JSON.stringify({ model, messages: 'hello' }))).toBe(400);
  expect(await send(JSON.stringify({ model, messages: [{ role: 'user', content: 'hello' }] }))).toBe(400);
  expect(await send(withImage('http://127.0.0.1:1/picture.png'))).toBe(400);
  expect(await send(withImage('data:image/png;base64,AAAA'))).toBe(400);
  const bomb = Buffer.from(icon.picture.png);
  bomb.writeUInt32BE(30_000, 16);
  bomb.writeUInt32BE(30_000, 20);
  expect(await send(withImage(`data:image/png;base64,${bomb.toString('base64')}`))).toBe(400);
  expect(simulator.requests).toMatchObject({ chat: 8, refused: 8 });
});
