import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { Picture } from '../../../core/picture.ts';
import { languageOf, taskNamed } from '../../../core/tasks/index.ts';
import { ClientSettings } from '../../../runtime/service.ts';
import { TaskName } from '../../../runtime/settings.ts';
import { parseJson, readJson, requireType } from '../body.ts';
import type { Catalogue } from '../catalogue.ts';
import type { ServiceContext } from '../environment.ts';
import type { Pictures } from '../pictures.ts';
import { Refused, readField } from '../refused.ts';
import type { RunWish } from './desk.ts';
import type { StoredRequest } from './request.ts';

const Wish = ClientSettings.extend({
  task: TaskName.exactOptional().describe('what the picture shows; left out, that of the model'),
  model: z.string().max(200).exactOptional().describe('a name of /v1/models, whose settings are the ground'),
  name: z.string().max(200).exactOptional().describe('what the picture is called'),
});

/** The JSON body of POST /v1/runs. */
export const RunBody = Wish.extend({ image: z.string().describe('data URL of the picture') });

/** The multipart body of POST /v1/runs: the same fields, each as text. */
export const RunForm = Wish.extend({
  image: z.string().meta({ format: 'binary', description: 'the picture file' }),
});

export interface WishParts {
  readonly catalogue: Catalogue;
  readonly pictures: Pictures;
  /** Characters of instructions. */
  readonly codeBytes: number;
}

/** @throws Refused when the request is wrong */
export async function readWish(
  context: ServiceContext,
  { catalogue, pictures, codeBytes }: WishParts,
): Promise<{ wish: RunWish; picture: Picture }> {
  const type = requireType(context, 'application/json', 'multipart/form-data');
  const { fields, picture } =
    type === 'application/json' ? await fromJson(context, pictures) : await fromForm(context, pictures);
  const { task: given, model: modelName, name = 'picture', ...own } = fields;
  const model = modelName === undefined ? undefined : catalogue.modelNamed(modelName);
  const task = TaskName.safeParse(given ?? model?.task);
  if (!task.success) throw wrong('task', `Say what the picture shows: ${TaskName.options.join(', ')}.`);
  const settings = { ...model?.settings, ...own };
  catalogue.check(own);
  readField('language', () => languageOf(taskNamed(task.data), settings.language));
  if ((settings.instructions?.length ?? 0) > codeBytes) {
    throw wrong('instructions', `The instructions are longer than ${codeBytes} characters.`);
  }
  const wish = { name: plain(name), task: task.data, settings };
  const idempotency = idempotencyOf(context, JSON.stringify([wish, picture.digest]));
  return { wish: { ...wish, idempotency }, picture };
}

async function fromJson(context: ServiceContext, pictures: Pictures) {
  const { image, ...fields } = await readJson(context, RunBody);
  return { fields, picture: await pictures.read(image, 'image', context.req.raw.signal) };
}

const Property = z.looseObject({ type: z.string().optional() });

async function fromForm(context: ServiceContext, pictures: Pictures) {
  const { image, ...texts } = Object.fromEntries(await readForm(context));
  if (!(image instanceof File)) throw wrong('image', 'The field "image" must be a picture file.');
  const types = z.record(z.string(), Property).parse(z.toJSONSchema(Wish).properties ?? {});
  const values = Object.entries(texts).map(([name, text]) => [name, typed(text, types[name]?.type)]);
  const fields = parseJson(
    JSON.stringify({ name: image.name || 'picture', ...Object.fromEntries(values) }),
    Wish,
  );
  return { fields, picture: await pictures.decode(new Uint8Array(await image.arrayBuffer()), 'image') };
}

/** Fields of one form; far more would be objects without number in a body of allowed length. */
const MAX_FIELDS = 64;

async function readForm(context: ServiceContext): Promise<FormData> {
  const bytes = Buffer.from(await context.req.arrayBuffer());
  const headers = { 'content-type': context.req.header('content-type') ?? '' };
  try {
    if (hasMore(bytes, 'form-data', MAX_FIELDS)) throw new Error(`it has more than ${MAX_FIELDS} fields`);
    return await new Response(bytes, { headers }).formData();
  } catch (cause) {
    throw new Refused({ status: 400, message: 'The form cannot be read.', code: 'invalid_form' }, cause);
  }
}

function hasMore(bytes: Buffer, text: string, than: number): boolean {
  let at = -1;
  for (let found = 0; found <= than; found += 1) {
    at = bytes.indexOf(text, at + 1);
    if (at < 0) return false;
  }
  return true;
}

/** Text of a form as the schema's type. */
function typed(text: unknown, type: string | undefined): unknown {
  if (typeof text !== 'string' || text.trim() === '') return text;
  if (type === 'integer' || type === 'number') return Number(text);
  return type === 'boolean' ? text === 'true' : text;
}

/** A file name without folders and control characters. */
function plain(name: string): string {
  return name.replace(/^.*[\\/]/, '').replaceAll(/\p{Cc}/gu, '') || 'picture';
}

function idempotencyOf(context: ServiceContext, asked: string): StoredRequest['idempotency'] {
  const key = context.req.header('idempotency-key');
  if (key === undefined) return null;
  if (key === '' || key.length > 255) throw wrong('Idempotency-Key', 'It takes 1 to 255 characters.');
  const owner = context.var.caller.name;
  return { key: sha256(JSON.stringify([owner, key])), request: sha256(asked) };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function wrong(param: string, message: string): Refused {
  return new Refused({ status: 400, message, code: 'invalid_request', param });
}
