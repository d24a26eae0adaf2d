import type { Check } from '../../core/check.ts';
import { ConfigError } from '../../core/errors.ts';
import { findLanguageData, LANGUAGE } from './data.ts';

/** The one line that brings the language data. */
export const remedy =
  process.platform === 'darwin'
    ? 'brew install tesseract'
    : 'apt-get install -y --no-install-recommends tesseract-ocr-eng';

/** Looks for what reading text in pictures needs: tesseract.js comes with Verisim, its language data does not. */
export async function checkOcr(folder?: string): Promise<Check> {
  const name = 'text recognition';
  const found = await findLanguageData(folder).catch((error: unknown) => {
    if (error instanceof ConfigError) return error;
    throw error;
  });
  if (found instanceof ConfigError) return { name, ok: false, optional: true, detail: found.message, remedy };
  if (found !== undefined) {
    return { name, ok: true, optional: true, detail: `${LANGUAGE}.traineddata in ${found}` };
  }
  return {
    name,
    ok: false,
    optional: true,
    detail: `no ${LANGUAGE}.traineddata ${folder === undefined ? 'on this machine' : `in ${folder}`}: the embedded generator cannot read tables and charts, letters in icons are drawn as outlines, and text is compared by its looks`,
    remedy,
  };
}
