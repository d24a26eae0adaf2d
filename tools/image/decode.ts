import { readFile, stat } from 'node:fs/promises';
import sharp from 'sharp';
import { ConfigError } from '../../core/errors.ts';
import type { Picture } from '../../core/picture.ts';
import { pictureOfPng } from './picture.ts';

export interface PictureLimits {
  /** Width times height, checked before any pixel is decoded. */
  readonly maxPixels: number;
  /** Size of the file. */
  readonly maxBytes: number;
}

export const pictureLimits: PictureLimits = { maxPixels: 50_000_000, maxBytes: 64 * 1024 * 1024 };

const formats = new Set(['png', 'jpeg', 'webp', 'gif', 'tiff', 'heif', 'avif']);

/**
 * Reads a picture file and normalises it.
 * @throws ConfigError when the file is missing, no file, too large, or no picture that can be decoded.
 */
export async function loadPicture(path: string, limits: PictureLimits = pictureLimits): Promise<Picture> {
  const info = await stat(path).catch((cause: unknown) => {
    throw new ConfigError(`There is no file ${path}. Give the path of a picture.`, { cause });
  });
  if (info.isDirectory()) throw new ConfigError(`${path} is a folder. Give the path of a picture.`);
  if (!info.isFile()) throw new ConfigError(`${path} is no ordinary file. Give the path of a picture.`);
  if (info.size > limits.maxBytes) throw tooManyBytes(path, info.size, limits);
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new ConfigError(`${path} cannot be read. Check its permissions.`, { cause });
  });
  return decodePicture(bytes, path, limits);
}

/**
 * Normalises an encoded picture: first frame, turned upright by EXIF, converted to 8-bit sRGB, laid on white.
 * @param name what messages call it
 * @throws ConfigError when it is empty, too large, broken, or no PNG, JPEG, WebP, GIF, TIFF or AVIF.
 */
export async function decodePicture(
  bytes: Uint8Array,
  name: string,
  limits: PictureLimits = pictureLimits,
): Promise<Picture> {
  if (bytes.byteLength === 0) throw new ConfigError(`${name} is empty (0 bytes). Give a picture.`);
  if (bytes.byteLength > limits.maxBytes) throw tooManyBytes(name, bytes.byteLength, limits);
  // sharp's own pixel limit is off for the header, so that the message can tell the size.
  const header = await sharp(bytes, { limitInputPixels: false })
    .metadata()
    .catch((cause: unknown) => {
      throw new ConfigError(
        `${name} is not a picture that can be read. Give a PNG, JPEG, WebP, GIF, TIFF or AVIF file.`,
        { cause },
      );
    });
  const { width, height, format } = header;
  if (!formats.has(format)) {
    throw new ConfigError(
      `${name} is ${format.toUpperCase()}, which is not taken as input. Convert it to PNG first.`,
    );
  }
  if (width * height > limits.maxPixels) {
    throw new ConfigError(
      `${name} is ${width} x ${height} pixels, more than the ${limits.maxPixels / 1e6} million allowed. Scale it down first.`,
    );
  }
  const png = await sharp(bytes, { limitInputPixels: limits.maxPixels, failOn: 'error', pages: 1 })
    .autoOrient()
    .toColourspace('srgb')
    .flatten({ background: '#ffffff' })
    .removeAlpha()
    .png({ compressionLevel: 6 })
    .toBuffer()
    .catch((cause: unknown) => {
      // Its further lines are of what the pixels would have been written to.
      const [why = ''] = (cause instanceof Error ? cause.message : String(cause)).split('\n');
      throw new ConfigError(`${name} is damaged and cannot be decoded (${why}). Give an intact file.`, {
        cause,
      });
    });
  return pictureOfPng(png);
}

function tooManyBytes(name: string, size: number, { maxBytes }: PictureLimits): ConfigError {
  const mib = (bytes: number) => `${Math.ceil(bytes / 1024 / 1024)} MiB`;
  return new ConfigError(
    `${name} is ${mib(size)}, more than the ${mib(maxBytes)} allowed. Compress it first.`,
  );
}
