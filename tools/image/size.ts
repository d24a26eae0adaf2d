import sharp from 'sharp';
import { ConfigError } from '../../core/errors.ts';

/**
 * Pixels of a picture file, from its header alone, as it stands once it is upright.
 * @throws ConfigError when it cannot be read.
 */
export async function pictureSize(path: string): Promise<{ width: number; height: number }> {
  try {
    const { autoOrient } = await sharp(path, { limitInputPixels: false }).metadata();
    return autoOrient;
  } catch (cause) {
    throw new ConfigError(`${path} is not a picture that can be read.`, { cause });
  }
}
