import { mebibytes } from './format.ts';

/** Why a file is not taken; null where the service may look at it. What it holds, the service alone can tell. */
export function refusedFile({ name, type, size }: File, mostBytes: number): string | null {
  // A browser knows no type of a rare kind of picture.
  if (type !== '' && !type.startsWith('image/')) {
    return `${name} is no picture. Give a PNG, JPEG, WebP, GIF, TIFF or AVIF file.`;
  }
  if (size <= mostBytes) return null;
  return `${name} has ${mebibytes(size)}, more than the ${mebibytes(mostBytes)} that this service takes.`;
}
