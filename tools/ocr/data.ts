import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigError } from '../../core/errors.ts';

/** Where packages put language data: Debian and Ubuntu, Fedora, Arch, Homebrew on ARM and Intel. */
const folders = [
  '/usr/share/tesseract-ocr/5/tessdata',
  '/usr/share/tesseract-ocr/4.00/tessdata',
  '/usr/share/tesseract/tessdata',
  '/usr/share/tessdata',
  '/opt/homebrew/share/tessdata',
  '/usr/local/share/tessdata',
];

export const LANGUAGE = 'eng';

/**
 * The folder that holds the language data, or undefined. Only this machine is looked at, never the network.
 * @param folder the only one to look in, as configured; by default $TESSDATA_PREFIX and where packages put it
 * @throws ConfigError when the data there are damaged, or are those of the older engine.
 */
export async function findLanguageData(folder?: string): Promise<string | undefined> {
  const prefix = process.env['TESSDATA_PREFIX'];
  const preferred = prefix ? [prefix, join(prefix, 'tessdata')] : [];
  for (const candidate of folder === undefined ? [...preferred, ...folders] : [folder]) {
    const file = join(candidate, `${LANGUAGE}.traineddata`);
    const state = await inspect(file);
    if (state === 'good') return candidate;
    if (state === 'damaged') {
      throw new ConfigError(
        `${file} is no language data for Tesseract's LSTM engine, or is damaged. Install it anew, or name another folder.`,
      );
    }
  }
  return undefined;
}

/** Part of the file that holds the LSTM network. */
const LSTM = 17;
const MOST_PARTS = 64;

/**
 * Looks at the file's table of parts: a 32-bit count, then a 64-bit offset each, -1 for a part left out. Done
 * here because tesseract.js takes the whole process down with it when it meets damaged data.
 */
async function inspect(file: string): Promise<'good' | 'damaged' | 'missing'> {
  const handle = await open(file).catch(() => undefined);
  if (!handle) return 'missing';
  try {
    const { size } = await handle.stat();
    const { buffer, bytesRead } = await handle.read(
      Buffer.alloc(4 + 8 * MOST_PARTS),
      0,
      4 + 8 * MOST_PARTS,
      0,
    );
    const parts = bytesRead < 4 ? 0 : buffer.readInt32LE(0);
    if (parts <= LSTM || parts > MOST_PARTS || bytesRead < 4 + 8 * parts) return 'damaged';
    const offsets = Array.from({ length: parts }, (_, part) => Number(buffer.readBigInt64LE(4 + 8 * part)));
    const within = offsets.every((offset) => offset >= -1 && offset < size);
    return within && (offsets[LSTM] ?? -1) > 0 ? 'good' : 'damaged';
  } finally {
    await handle.close();
  }
}
