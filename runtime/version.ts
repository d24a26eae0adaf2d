import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** Version of this package, from its package.json: one folder up in the sources, two in dist/. */
export const version: string =
  [new URL('../package.json', import.meta.url), new URL('../../package.json', import.meta.url)].flatMap(
    (url) => {
      try {
        return [
          z
            .object({ name: z.literal('verisim'), version: z.string() })
            .parse(JSON.parse(readFileSync(url, 'utf8'))).version,
        ];
      } catch {
        return [];
      }
    },
  )[0] ?? 'unknown';
