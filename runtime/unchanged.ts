import { stat } from 'node:fs/promises';
import { ConfigError } from '../core/errors.ts';
import { loadPicture } from '../tools/image/decode.ts';

/** What is known of a picture whose run is finished. */
export interface Finished {
  readonly image: string;
  /** Digest of the picture that the run read. */
  readonly digest: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
}

/** Changed pictures that are named. */
const NAMED = 3;

/**
 * Checks that finished runs are still those of the pictures that are there. Only files that were written since are
 * decoded; one that is gone or cannot be read any more is no matter of its finished run.
 * @throws ConfigError naming pictures that have changed.
 */
export async function checkUnchanged(folder: string, finished: Iterable<Finished>): Promise<void> {
  const changed: string[] = [];
  for (const { image, digest, startedAt } of finished) {
    const file = await stat(image).catch(() => undefined);
    if (!file || file.mtimeMs <= startedAt) continue;
    const picture = await loadPicture(image).catch(() => undefined);
    if (picture && picture.digest !== digest) changed.push(image);
  }
  if (changed.length === 0) return;
  const more = changed.length > NAMED ? ` and ${changed.length - NAMED} more` : '';
  throw new ConfigError(
    `${folder} holds finished runs of pictures that have changed since: ${changed.slice(0, NAMED).join(', ')}${more}. Name another --out.`,
  );
}
