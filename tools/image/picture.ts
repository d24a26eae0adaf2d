import { createHash } from 'node:crypto';
import { VerisimError } from '../../core/errors.ts';
import type { Picture, PictureStore } from '../../core/picture.ts';

/** Wraps PNG bytes that Verisim itself made (8-bit sRGB, no alpha); pictures from outside go through decodePicture. */
export function pictureOfPng(png: Uint8Array): Picture {
  const header = new DataView(png.buffer, png.byteOffset, png.byteLength);
  // IHDR is the first chunk of every PNG: width and height stand at bytes 16 and 20.
  return {
    digest: createHash('sha256').update(png).digest('hex'),
    png,
    width: header.getUint32(16),
    height: header.getUint32(20),
  };
}

/** Keeps pictures in memory. */
export function memoryPictures(): PictureStore {
  const pictures = new Map<string, Picture>();
  return {
    put: (picture) => void pictures.set(picture.digest, picture),
    get(digest) {
      const picture = pictures.get(digest);
      if (!picture) throw new VerisimError(`No picture with digest ${digest} is in this store.`);
      return picture;
    },
  };
}
