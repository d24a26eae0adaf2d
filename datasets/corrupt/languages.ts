import { ConfigError } from '../../core/errors.ts';
import type { Renderer } from '../../core/render.ts';
import type { Stream } from './draw.ts';
import { svgStreams } from './svg/damager.ts';

/** Code as the edits of its streams mean it. */
export interface DamageSource {
  readonly code: string;
  readonly streams: readonly Stream[];
}

export interface LanguageDamage {
  /** @throws DatasetError when the code is none of the language; ConfigError when nothing damages the language. */
  read(
    language: string,
    code: string,
    seed: number,
    operators: readonly string[],
    signal?: AbortSignal,
  ): Promise<DamageSource>;
  close(): Promise<void>;
}

export function languageDamage(_rendererOf: (language: string) => Renderer): LanguageDamage {
  return {
    async read(language, code, seed, operators) {
      switch (language) {
        case 'svg':
          return { code, streams: svgStreams(code, seed, operators) };
        default:
          throw new ConfigError(`No operator damages ${language}.`);
      }
    },
    close: async () => undefined,
  };
}
