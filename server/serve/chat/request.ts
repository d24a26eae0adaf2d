import * as z from 'zod';
import { ClientSettings } from '../../../runtime/service.ts';
import { Refused } from '../refused.ts';

const Text = z.object({ type: z.literal('text'), text: z.string() });
const Image = z.object({
  type: z.literal('image_url'),
  image_url: z.object({ url: z.string().describe('data URL, or a URL of an allowed host') }),
});
const Part = z.discriminatedUnion('type', [Text, Image], {
  error: 'only text and image_url parts are taken',
});

const Message = z.object({
  role: z.enum(['system', 'developer', 'user', 'assistant']),
  content: z.union([z.string(), z.array(Part).max(64)]).nullish(),
});

const none = (what: string) => z.null(`${what} is not supported here`).optional();
const empty = (what: string) => z.array(z.unknown()).max(0, `${what} are not supported here`).nullish();

/** An OpenAI chat request. Sampling fields are let pass: the configured models have their own. */
export const ChatBody = z.object({
  model: z
    .string()
    .min(1)
    .max(200)
    .describe('verisim/chart, verisim/table, verisim/svg, or a configured name'),
  messages: z.array(Message).min(1).max(256),
  stream: z.boolean().nullish(),
  stream_options: z.object({ include_usage: z.boolean().nullish() }).nullish(),
  verisim: ClientSettings.optional().describe('settings of the run, beside OpenAI’s fields'),
  n: z.literal(1, { error: 'only one choice is given' }).nullish(),
  tools: empty('tools'),
  functions: empty('functions'),
  logprobs: z.literal(false, { error: 'logprobs are not supported here' }).nullish(),
  top_logprobs: none('top_logprobs'),
  audio: none('audio'),
  modalities: z.array(z.literal('text', { error: 'only text is answered' })).nullish(),
  response_format: z
    .object({ type: z.literal('text', { error: 'the answer is code: only the format "text" is supported' }) })
    .nullish(),
});
export type ChatBody = z.infer<typeof ChatBody>;

export interface Asked {
  /** Source of the last picture in the conversation: the one that is asked about. */
  readonly image: string;
  /** Where it stands in the request, as errors name it. */
  readonly place: string;
  /** What system and user say, in order. */
  readonly instructions: string;
}

/** @throws Refused (400) when there is no picture, or two in the last message that has any. */
export function askedIn({ messages }: ChatBody): Asked {
  const images = messages.map(({ content }, message) =>
    typeof content === 'string'
      ? []
      : (content ?? []).flatMap((part, index) => {
          const place = `messages[${message}].content[${index}].image_url.url`;
          return part.type === 'image_url' ? [{ image: part.image_url.url, place }] : [];
        }),
  );
  const [asked, second] = images.findLast((found) => found.length > 0) ?? [];
  if (!asked) throw wrong('There is no picture in the messages. Send one as an image_url part.', 'messages');
  if (second) {
    const message = 'A message holds several pictures. Send one: the picture to be turned into code.';
    throw wrong(message, second.place);
  }
  const texts = messages.flatMap(({ role, content }) => {
    if (role === 'assistant') return [];
    if (typeof content === 'string') return [content];
    return (content ?? []).flatMap((part) => (part.type === 'text' ? [part.text] : []));
  });
  return { ...asked, instructions: texts.filter((text) => text.trim() !== '').join('\n\n') };
}

function wrong(message: string, param: string): Refused {
  return new Refused({ status: 400, message, code: 'invalid_image', param });
}
