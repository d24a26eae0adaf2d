import { createHash } from 'node:crypto';
import { readFile, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { ConfigError } from '../../core/errors.ts';
import type { Picture } from '../../core/picture.ts';
import type { ServiceSettings } from '../../runtime/service.ts';
import { decodePicture, type PictureLimits, pictureLimits } from '../../tools/image/decode.ts';
import { fetchPicture } from './fetch-picture.ts';
import { Refused } from './refused.ts';

/** Reads the pictures that requests name. */
export interface Pictures {
  /** The bytes of an uploaded file. @throws Refused (400) when they are no picture. */
  decode(bytes: Uint8Array, param: string): Promise<Picture>;
  /**
   * A data URL; an http(s) URL of an allowed host; or, where references are configured, a path below their folder.
   * @param param the field of the request that holds it
   * @throws Refused (400) for anything else, and for what is no picture, naming the field.
   */
  read(source: string, param: string, signal?: AbortSignal): Promise<Picture>;
}

/** Bytes of normalised pictures that are remembered: trainers name one reference many times in a row. */
const REMEMBERED = 64 * 1024 * 1024;
export const MAX_PICTURE_BYTES = 32 * 1024 * 1024;
const limits: PictureLimits = { ...pictureLimits, maxBytes: MAX_PICTURE_BYTES };

export function openPictures({
  references,
  imageHosts,
}: Pick<ServiceSettings, 'references' | 'imageHosts'>): Pictures {
  const known = new Map<string, Picture>();
  let bytes = 0;

  const remember = (key: string, picture: Picture) => {
    known.set(key, picture);
    bytes += picture.png.byteLength;
    for (const [oldest, { png }] of known) {
      if (bytes <= REMEMBERED) break;
      known.delete(oldest);
      bytes -= png.byteLength;
    }
  };
  const decode = (encoded: Uint8Array) => decodePicture(encoded, 'The file', limits);
  const read = async (source: string, signal?: AbortSignal): Promise<Picture> => {
    if (source.startsWith('data:')) return decode(bytesOf(source));
    if (/^https?:/i.test(source)) {
      return decode(await fetchPicture(source, { hosts: imageHosts, maxBytes: limits.maxBytes, signal }));
    }
    return decode(await fileBelow(references, source));
  };
  return {
    decode: (encoded, param) => decode(encoded).catch(refuse(param)),
    async read(source, param, signal) {
      const key = createHash('sha256').update(source).digest('hex');
      const before = known.get(key);
      if (before) {
        known.delete(key);
        known.set(key, before);
        return before;
      }
      const picture = await read(source, signal).catch(refuse(param));
      if (!known.has(key)) remember(key, picture);
      return picture;
    },
  };
}

function bytesOf(dataUrl: string): Uint8Array {
  const head = /^data:image\/[a-z0-9.+-]{1,40};base64,/i.exec(dataUrl.slice(0, 100));
  if (!head) throw wrong('A picture as a data URL begins with data:image/png;base64, (or jpeg, webp, …).');
  return Buffer.from(dataUrl.slice(head[0].length), 'base64');
}

/** The file of that path, which no link and no dots lead out of the folder. Messages do not say where that is. */
async function fileBelow(folder: string | undefined, path: string): Promise<Uint8Array> {
  const absent = wrong(
    folder === undefined
      ? 'Give the picture as a data URL: data:image/png;base64,…'
      : `There is no picture "${path.slice(0, 200)}" in the folder of references.`,
  );
  if (folder === undefined || path.length > 1000 || path.includes('\0')) throw absent;
  const root = await realpath(folder).catch((cause: unknown) => {
    throw new Refused(
      { status: 503, message: 'The folder of references cannot be read.', code: 'not_ready' },
      cause,
    );
  });
  const file = await realpath(join(root, path)).catch(() => undefined);
  if (!file?.startsWith(root + sep)) throw absent;
  const info = await stat(file).catch(() => undefined);
  if (!info?.isFile() || info.size > limits.maxBytes) throw absent;
  return readFile(file).catch(() => {
    throw absent;
  });
}

/** What is wrong with a picture is wrong with the field that holds it. */
function refuse(param: string): (error: unknown) => never {
  return (error) => {
    if (error instanceof Refused) throw new Refused({ ...error.refusal, param }, error.cause);
    if (!(error instanceof ConfigError)) throw error;
    throw new Refused({ status: 400, message: error.message, code: 'invalid_image', param }, error);
  };
}

function wrong(message: string): Refused {
  return new Refused({ status: 400, message, code: 'invalid_image' });
}
