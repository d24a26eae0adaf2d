import { createHash } from 'node:crypto';
import { garble, playCritic, ramble, usualFields } from './critic.ts';
import { quotedDraft } from './draft.ts';
import type { Arrival } from './faults.ts';
import { playGenerator } from './generator.ts';
import type { SimulateOptions } from './options.ts';
import { randomOf } from './random.ts';
import type { Recogniser } from './recognise.ts';
import { badRequest } from './refused.ts';
import {
  type ChatRequest,
  errorFieldsOf,
  firstTokens,
  imagesOf,
  limits,
  type Reply,
  textOf,
  textTokens,
} from './wire.ts';

export type Role = 'generator' | 'critic';

/**
 * The reply to one request: a function of the request and the options, but for what befalls its arrival.
 * The generator asked to compare two pictures, without a draft in the text, criticises itself.
 * @throws Refused when no reply can be had for this request
 */
export async function play(
  request: ChatRequest,
  options: SimulateOptions,
  recogniser: Recogniser,
  { fault, draw }: Arrival,
): Promise<Reply & { role: Role }> {
  const images = imagesOf(request);
  const [first, second] = images;
  if (!first) throw badRequest('The request holds no picture.', 'missing_image');
  if (images.length > limits.images) {
    throw badRequest(`At most ${limits.images} pictures are taken in a request.`, 'too_many_images');
  }
  const text = textOf(request);
  const known = await recogniser.reference(first);
  const random = randomOf(String(options.seed), request.model, known.name, String(request.seed ?? ''), text);

  const asCritic = request.model === 'simulated-critic' || (second && !quotedDraft(known, text));
  const full = asCritic ? await criticise() : generate();
  const sizes = await Promise.all(images.map((image) => recogniser.tokens(image)));
  return {
    ...cut(full),
    role: asCritic ? 'critic' : 'generator',
    id: `chatcmpl-simulated-${createHash('sha256').update(`${request.model}\n${full}`).digest('hex').slice(0, 16)}`,
    model: request.model,
    promptTokens: textTokens(text) + sizes.reduce((sum, size) => sum + size, 0),
  };

  function generate(): string {
    const { damages, reply } = playGenerator(known, text, options, random);
    recogniser.handOut(known, damages);
    return reply;
  }

  async function criticise(): Promise<string> {
    if (!second) throw badRequest('A critic needs two pictures: reference, then candidate.', 'missing_image');
    const damages = await recogniser.candidate(known, second);
    const fields = errorFieldsOf(request, usualFields(known.task));
    const reply = playCritic(known, damages, options, random, fields);
    if (draw() < options.nonsense) return ramble(draw);
    return draw() < options.malformed ? garble(reply, draw) : reply;
  }

  function cut(whole: string): Pick<Reply, 'text' | 'finish' | 'completionTokens'> {
    const tokens = textTokens(whole);
    const asked = request.max_completion_tokens ?? request.max_tokens ?? tokens;
    const allowed = fault === 'truncate' ? Math.min(asked, Math.ceil(tokens * (0.2 + 0.6 * draw()))) : asked;
    if (allowed >= tokens) return { text: whole, finish: 'stop', completionTokens: tokens };
    return { text: firstTokens(whole, allowed), finish: 'length', completionTokens: allowed };
  }
}
