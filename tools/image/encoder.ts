import type { Picture } from '../../core/picture.ts';
import type { ImageLimit } from '../../core/task.ts';
import { dataUrlOf } from './encode.ts';

/** `dataUrlOf` that encodes each picture once for each limit: a reference is sent again in every round. */
export function pictureEncoder(): (picture: Picture, limit: ImageLimit) => Promise<string> {
  const encoded = new WeakMap<Picture, Map<string, Promise<string>>>();
  return (picture, limit) => {
    const urls = encoded.get(picture) ?? new Map<string, Promise<string>>();
    encoded.set(picture, urls);
    const key = `${limit.format} ${limit.maxSide}`;
    const url = urls.get(key) ?? dataUrlOf(picture, limit);
    urls.set(key, url);
    return url;
  };
}
