import { stream } from 'hono/streaming';
import { languageOf, taskNamed } from '../../../core/tasks/index.ts';
import { TaskName } from '../../../runtime/settings.ts';
import { readJson } from '../body.ts';
import { endpoint, type ServiceApp } from '../endpoint.ts';
import type { ServiceContext } from '../environment.ts';
import { keepAlive } from '../keep-alive.ts';
import { errorBody, Refused, readField } from '../refused.ts';
import type { Begun, RunDesk, RunWish } from '../runs/desk.ts';
import type { WishParts } from '../runs/wish.ts';
import { reasoningOf } from './reasoning.ts';
import { answerOf, ChatReply, chunk, completion, type Envelope, usageChunk } from './reply.ts';
import { askedIn, ChatBody } from './request.ts';

export interface ChatParts extends WishParts {
  readonly desk: RunDesk;
  /** Seconds between signs of life on a silent stream. */
  readonly keepAlive: number;
}

export function chatRoutes(app: ServiceApp, parts: ChatParts): void {
  endpoint(
    app,
    {
      method: 'post',
      path: '/v1/chat/completions',
      tag: 'chat',
      summary: 'A picture in, refined code out, as OpenAI’s chat completions',
      description:
        'The last picture of the conversation is turned into code; system and user text are instructions. Streamed, the rounds come as reasoning_content and the final code as content. A client that goes away ends the run.',
      request: { body: { 'application/json': ChatBody } },
      replies: { 200: ChatReply },
    },
    async (context) => {
      const body = await readJson(context, ChatBody);
      return body.stream ? streamed(context, body, parts) : whole(context, body, parts);
    },
  );
}

async function whole(context: ServiceContext, body: ChatBody, parts: ChatParts): Promise<Response> {
  let reasoning = '';
  const { run, end, envelope, fenced } = await begin(context, body, parts, (text) => {
    reasoning += text;
  });
  const { signal } = context.req.raw;
  const leave = () => run.cancel('the client went away');
  if (signal.aborted) leave();
  signal.addEventListener('abort', leave, { once: true });
  const answer = answerOf(await end, fenced);
  signal.removeEventListener('abort', leave);
  if ('status' in answer) throw new Refused(answer);
  return context.json(completion(answer, envelope, reasoning));
}

async function streamed(context: ServiceContext, body: ChatBody, parts: ChatParts): Promise<Response> {
  const lines: string[] = [];
  let wake: () => void = () => undefined;
  const { run, end, envelope, fenced } = await begin(context, body, parts, (text) => {
    lines.push(text);
    wake();
  });
  context.header('content-type', 'text/event-stream; charset=utf-8');
  context.header('cache-control', 'no-cache');
  context.header('x-accel-buffering', 'no');
  return stream(context, async (out) => {
    const send = (data: unknown) => out.write(`data: ${JSON.stringify(data)}\n\n`);
    out.onAbort(() => run.cancel('the client went away'));
    const alive = keepAlive(out, parts.keepAlive);
    try {
      await send(chunk(envelope, { role: 'assistant', content: '' }));
      let over = false;
      const ended = end.finally(() => {
        over = true;
        wake();
      });
      ended.catch(() => undefined);
      for (;;) {
        const more = new Promise<void>((resolve) => {
          wake = resolve;
        });
        for (const text of lines.splice(0)) await send(chunk(envelope, { reasoning_content: text }));
        if (over || out.aborted) break;
        await more;
      }
      const answer = answerOf(await ended, fenced);
      if ('status' in answer) {
        await send(errorBody(answer));
      } else {
        await send(chunk(envelope, { content: answer.code }));
        await send(chunk(envelope, {}, answer.record));
        if (body.stream_options?.include_usage) await send(usageChunk(envelope, answer.record));
      }
      await out.write('data: [DONE]\n\n');
    } finally {
      alive.end();
    }
  });
}

async function begin(
  context: ServiceContext,
  body: ChatBody,
  { catalogue, pictures, codeBytes, desk }: ChatParts,
  tell: (text: string) => void,
): Promise<Begun & { envelope: Envelope; fenced: boolean }> {
  const model = catalogue.modelNamed(body.model);
  const { image, place, instructions: said } = askedIn(body);
  const { verisim: own = {} } = body;
  catalogue.check(own, 'verisim.');
  const settings = { ...model.settings, ...own };
  readField('verisim.language', () => languageOf(taskNamed(model.task), settings.language));
  const instructions = [settings.instructions ?? '', said].filter((text) => text !== '').join('\n\n');
  if (instructions.length > codeBytes) {
    const message = `The text of the messages is longer than ${codeBytes} characters.`;
    throw new Refused({ status: 400, message, code: 'context_length_exceeded', param: 'messages' });
  }
  const picture = await pictures.read(image, place, context.req.raw.signal);
  const wish: RunWish = {
    name: 'picture',
    task: TaskName.parse(model.task),
    settings: { ...settings, ...(instructions !== '' && { instructions }) },
    attached: true,
    onEvent: (event) => {
      const text = reasoningOf(event);
      if (text !== '') tell(text);
    },
  };
  const begun = await desk.begin(wish, picture, context.var.caller);
  const envelope = { run: begun.run.request.id, model: body.model, created: Math.floor(Date.now() / 1000) };
  return { ...begun, envelope, fenced: model.fenced };
}
