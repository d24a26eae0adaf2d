import { stat } from 'node:fs/promises';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { DatasetError } from '../../core/errors.ts';
import type { Picture } from '../../core/picture.ts';
import { loadPicture } from '../../tools/image/decode.ts';

/**
 * The path of a picture that a dataset names. It stays inside the folder: a dataset from elsewhere is not to send
 * other pictures of this machine to a model.
 * @throws DatasetError when the path leads out of the folder or no file is there.
 */
export async function picturePath(folder: string, name: string, source: string): Promise<string> {
  const path = resolve(folder, name);
  const inside = relative(folder, path);
  if (inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside)) {
    throw new DatasetError(
      `${source}: the picture ${name} lies outside ${folder}. Name the folder of the pictures.`,
    );
  }
  const info = await stat(path).catch(() => undefined);
  if (info?.isFile()) return path;
  throw new DatasetError(
    `${source}: there is no picture ${path}. Download it, or name the folder of the pictures.`,
  );
}

/** Decodes a picture of a dataset; what is wrong with it is said with its place in the dataset. */
export async function readPicture(path: string, source: string): Promise<Picture> {
  return loadPicture(path).catch((cause: unknown) => {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new DatasetError(`${source}: ${why}`, { cause });
  });
}
