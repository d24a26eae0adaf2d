import { readFile, stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { ConfigError } from '../../core/errors.ts';
import { kindOf } from '../../runtime/code-files.ts';
import type { Verisim } from '../../runtime/verisim.ts';
import { loadPicture } from '../../tools/image/decode.ts';
import { pictureFiles, type ScoreFile } from './metric.ts';

const MAX_BYTES = 64 * 1024 * 1024;

/** A file that pictures are decoded from, or code is read from and rendered, isolated. */
export function scoreFile(path: string, verisim: Verisim, signal?: AbortSignal): ScoreFile {
  const text = async () => {
    const info = await stat(path).catch((cause: unknown) => {
      throw new ConfigError(`There is no file ${path}.`, { cause });
    });
    if (info.size > MAX_BYTES)
      throw new ConfigError(`${path} is larger than 64 MiB. Is this the right file?`);
    return readFile(path, 'utf8');
  };
  return {
    path,
    text,
    async picture(size) {
      if (pictureFiles.some((extension) => extension === extensionOf(path))) return loadPicture(path);
      const { task, language } = kindOf(path, {});
      const result = await verisim.render(await text(), {
        task,
        language,
        ...(size && { size }),
        ...(signal && { signal }),
      });
      return result.kind === 'rendered' ? result.picture : result;
    },
  };
}

export function extensionOf(path: string): string {
  return extname(path).slice(1).toLowerCase();
}
