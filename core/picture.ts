/**
 * A picture as every part of Verisim handles it: upright, on white, 8-bit sRGB, encoded as PNG.
 * Loaders normalise once, so that no renderer, critic or model client needs to know of EXIF, CMYK or alpha.
 */
export interface Picture {
  /** SHA-256 of `png`, lower-case hex: the picture's name in records and on disk. */
  readonly digest: string;
  readonly png: Uint8Array;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

/** Pictures by digest. Graph state and records hold digests; bytes stay here. */
export interface PictureStore {
  put(picture: Picture): void;
  /** @throws VerisimError when no picture of this digest was put. */
  get(digest: string): Picture;
}
