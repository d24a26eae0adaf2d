import { DatasetError } from '../../core/errors.ts';
import type { Picture } from '../../core/picture.ts';
import type { RenderFailure } from '../../core/render.ts';
import type { ScoreFile } from './metric.ts';

export function isFailure(drawn: Picture | RenderFailure): drawn is RenderFailure {
  return 'kind' in drawn;
}

/** @throws DatasetError when the reference's code does not render: nothing can be scored against it. */
export async function referencePicture(
  reference: ScoreFile,
  size?: { readonly width: number; readonly height: number },
): Promise<Picture> {
  const drawn = await reference.picture(size);
  if (!isFailure(drawn)) return drawn;
  throw new DatasetError(
    `${reference.path} does not render: ${drawn.message} Nothing can be scored against it.`,
  );
}
