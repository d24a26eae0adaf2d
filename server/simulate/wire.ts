import { z } from 'zod';

/** Bounds on what a client may send; a body beyond them is refused, not read. */
export const limits = {
  bodyBytes: 32 * 1024 * 1024,
  messages: 256,
  parts: 64,
  characters: 2_000_000,
  images: 16,
};

const Part = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string().max(limits.characters) }),
  z.object({
    type: z.literal('image_url'),
    image_url: z.object({
      url: z.string().regex(/^data:image\/[a-z+]+;base64,/, 'only base64 data URLs of pictures are taken'),
    }),
  }),
]);

const Message = z.object({
  role: z.enum(['system', 'developer', 'user', 'assistant', 'tool']),
  content: z.union([z.string().max(limits.characters), z.array(Part).max(limits.parts), z.null()]).optional(),
});

/** The fields of a chat completion request that change what the simulator does; others are let pass, as servers do. */
export const ChatRequest = z.object({
  model: z.string().min(1),
  messages: z.array(Message).min(1).max(limits.messages),
  stream: z.boolean().nullish(),
  stream_options: z.object({ include_usage: z.boolean().nullish() }).nullish(),
  n: z.literal(1, 'only one choice is given').nullish(),
  seed: z.int().nullish(),
  max_tokens: z.int().min(1).nullish(),
  max_completion_tokens: z.int().min(1).nullish(),
  response_format: z
    .object({
      type: z.enum(['text', 'json_object', 'json_schema']),
      json_schema: z.object({ schema: z.unknown() }).optional(),
    })
    .nullish(),
});
export type ChatRequest = z.infer<typeof ChatRequest>;

/** OpenAI's error body, with the status it goes with. */
export interface WireError {
  readonly status: 400 | 401 | 404 | 405 | 413 | 429 | 500;
  readonly message: string;
  readonly type: string;
  readonly code: string | null;
  readonly param?: string;
}

export interface Reply {
  readonly id: string;
  readonly model: string;
  readonly text: string;
  readonly finish: 'stop' | 'length';
  readonly promptTokens: number;
  readonly completionTokens: number;
}

export function errorBody({ message, type, code, param }: WireError) {
  return { error: { message, type, param: param ?? null, code } };
}

function usageBody({ promptTokens, completionTokens }: Reply) {
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
    prompt_tokens_details: { cached_tokens: 0 },
  };
}

function envelope({ id, model }: Reply, object: string) {
  return {
    id,
    object,
    created: Math.floor(Date.now() / 1000),
    model,
    system_fingerprint: 'verisim-simulated',
  };
}

export function completionBody(reply: Reply) {
  const message = { role: 'assistant', content: reply.text, refusal: null };
  return {
    ...envelope(reply, 'chat.completion'),
    choices: [{ index: 0, message, logprobs: null, finish_reason: reply.finish }],
    usage: usageBody(reply),
  };
}

/** One server-sent event of a streamed reply: the role, a piece of text, or the end. */
export function chunkBody(
  reply: Reply,
  delta: { role?: 'assistant'; content?: string },
  finish?: Reply['finish'],
) {
  return {
    ...envelope(reply, 'chat.completion.chunk'),
    choices: [{ index: 0, delta, logprobs: null, finish_reason: finish ?? null }],
  };
}

/** The last event when usage was asked for: no choices. */
export function usageChunkBody(reply: Reply) {
  return { ...envelope(reply, 'chat.completion.chunk'), choices: [], usage: usageBody(reply) };
}

/** Everything that was written in a request, in order. */
export function textOf({ messages }: ChatRequest): string {
  return messages
    .flatMap(({ content }) => {
      if (typeof content === 'string') return [content];
      return (content ?? []).flatMap((part) => (part.type === 'text' ? [part.text] : []));
    })
    .join('\n');
}

/** The encoded pictures of a request, in order. */
export function imagesOf({ messages }: ChatRequest): Buffer[] {
  return messages.flatMap(({ content }) => {
    if (typeof content === 'string') return [];
    return (content ?? []).flatMap((part) =>
      part.type === 'image_url' ? [bytesOfDataUrl(part.image_url.url)] : [],
    );
  });
}

/** The bytes of a base64 data URL. */
export function bytesOfDataUrl(url: string): Buffer {
  return Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');
}

const CHARACTERS_PER_TOKEN = 4;
const Schema = z.object({
  properties: z.object({
    errors: z.object({ items: z.object({ properties: z.record(z.string(), z.unknown()) }) }),
  }),
});

/** The fields that a structured-output schema gives each error; undefined when the reply is free text. */
export function errorFieldsOf({ response_format }: ChatRequest, otherwise: readonly string[]) {
  if (!response_format || response_format.type === 'text') return undefined;
  const schema = Schema.safeParse(response_format.json_schema?.schema);
  return schema.success ? Object.keys(schema.data.properties.errors.items.properties) : otherwise;
}

export function textTokens(text: string): number {
  return Math.ceil(text.length / CHARACTERS_PER_TOKEN);
}

/** The first so many tokens of a text. */
export function firstTokens(text: string, tokens: number): string {
  return text.slice(0, tokens * CHARACTERS_PER_TOKEN);
}

/** Qwen3-VL: each side rounded to a multiple of 32, then one token for 32 x 32 pixels. */
export function imageTokens({ width, height }: { width: number; height: number }): number {
  const patches = (side: number) => Math.max(1, Math.round(side / 32));
  return patches(width) * patches(height);
}
