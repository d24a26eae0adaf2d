import { createHash } from 'node:crypto';
import { garble, playCritic, ramble, usualFields } from './critic.ts';
import type { Arrival } from './faults.ts';
import { playGenerator } from './generator.ts';
import { modelsOf, type Profile, type SimulateOptions } from './options.ts';
import { randomOf } from './random.ts';
import type { Recogniser } from './recognise.ts';
import { badRequest } from './refused.ts';
import type { Subject } from './subject.ts';
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

export interface PlayParts {
  readonly options: SimulateOptions;
  /** How the model that was asked for plays. */
  readonly profile: Profile;
  readonly recogniser: Recogniser;
  readonly arrival: Arrival;
}

/**
 * The reply to one request: a function of the request and the options, but for what befalls its arrival, and with
 * `vary` also of how often the same came before.
 * The generator asked to compare two pictures, without a draft in the text, criticises itself.
 * @throws Refused when no reply can be had for this request
 */
export async function play(
  request: ChatRequest,
  { options, profile, recogniser, arrival: { fault, draw, count } }: PlayParts,
): Promise<Reply & { role: Role }> {
  const images = imagesOf(request);
  const [first, second] = images;
  if (!first) throw badRequest('The request holds no picture.', 'missing_image');
  if (images.length > limits.images) {
    throw badRequest(`At most ${limits.images} pictures are taken in a request.`, 'too_many_images');
  }
  const text = textOf(request);
  const { subject, swapped } = await referenceIn(images);
  const words = [String(options.seed), request.model, subject.name, String(request.seed ?? ''), text];
  const again = options.vary ? [...images.map((image) => digestOf(image)), String(count)] : [];
  const random = randomOf(...words, ...again);

  const role = modelsOf(options).get(request.model);
  const asCritic = role === 'critic' || (second && !subject.quoted(text));
  const full = asCritic ? await criticise() : generate();
  const reply = cut(full);
  const sizes = await Promise.all(images.map((image) => recogniser.tokens(image)));
  return {
    ...reply,
    completionTokens: reply.completionTokens + profile.thinkTokens,
    role: asCritic ? 'critic' : 'generator',
    id: `chatcmpl-simulated-${createHash('sha256').update(`${request.model}\n${full}`).digest('hex').slice(0, 16)}`,
    model: request.model,
    promptTokens: textTokens(text) + sizes.reduce((sum, size) => sum + size, 0),
  };

  /** The picture that is known; a critic may be shown it second. */
  async function referenceIn(shown: readonly Buffer[]): Promise<{ subject: Subject; swapped: boolean }> {
    const [before, after] = shown;
    if (!before) throw badRequest('The request holds no picture.', 'missing_image');
    try {
      return { subject: await recogniser.reference(before), swapped: false };
    } catch (error) {
      const other = after && (await recogniser.reference(after).catch(() => undefined));
      if (other) return { subject: other, swapped: true };
      throw error;
    }
  }

  function generate(): string {
    const { flaws, reply } = playGenerator(subject, text, { ...profile, seed: options.seed }, random);
    recogniser.handOut(subject, flaws);
    return reply;
  }

  async function criticise(): Promise<string> {
    if (!first || !second)
      throw badRequest('A critic needs two pictures: reference, then candidate.', 'missing_image');
    const flaws = await recogniser.candidate(subject, swapped ? first : second);
    const fields = errorFieldsOf(request, usualFields(subject.task));
    const reply = playCritic(subject, flaws, { ...profile, swapped }, random, fields);
    if (draw() < profile.nonsense) return ramble(draw);
    return draw() < profile.malformed ? garble(reply, draw) : reply;
  }

  function cut(whole: string): Pick<Reply, 'text' | 'finish' | 'completionTokens'> {
    const tokens = textTokens(whole);
    const asked = request.max_completion_tokens ?? request.max_tokens ?? tokens;
    const allowed = fault === 'truncate' ? Math.min(asked, Math.ceil(tokens * (0.2 + 0.6 * draw()))) : asked;
    if (allowed >= tokens) return { text: whole, finish: 'stop', completionTokens: tokens };
    return { text: firstTokens(whole, allowed), finish: 'length', completionTokens: allowed };
  }
}

function digestOf(image: Buffer): string {
  return createHash('sha256').update(image).digest('hex');
}
