import type { RenderResult } from '../../../core/render.ts';

/** Keeps results of renders by key, within a bound: the oldest go first. Keys are hexadecimal digests. */
export interface RenderStore {
  /** Undefined when the key is not there, or what is there is damaged. */
  get(key: string): Promise<RenderResult | undefined>;
  /** Never rejects: a picture that cannot be kept is still a picture. */
  put(key: string, result: RenderResult): Promise<void>;
}
