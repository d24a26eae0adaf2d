import type { ConfigInput } from './config.ts';
import { createVerisim, type PictureInput, type RefineOptions, type RefineResult } from './verisim.ts';

/**
 * Turns one picture into code, and closes everything behind it. For several pictures open the runtime once
 * with `createVerisim`.
 *
 * @example
 * const { code, record } = await refine('icon.png', { task: 'svg' });
 * @throws ConfigError for wrong options or a picture that cannot be read.
 */
export async function refine(
  picture: PictureInput,
  options: RefineOptions,
  config: ConfigInput = {},
): Promise<RefineResult> {
  await using verisim = createVerisim(config);
  return await verisim.refine(picture, options);
}
