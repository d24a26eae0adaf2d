/** A grey picture of text: dark on light, 8 bits a pixel, row by row. */
export interface TextImage {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

export interface ReadOptions {
  /** What the picture holds. */
  readonly layout: 'block' | 'line' | 'word' | 'character';
  /** The only characters that may be read; any when left out. */
  readonly characters?: string;
  readonly signal?: AbortSignal;
}

/** One character and where it stands in the picture, in pixels; `right` and `bottom` are exclusive. */
export interface ReadSymbol {
  readonly text: string;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface TextReading {
  /** Lines parted by line feeds, without blanks at the ends; empty when nothing was read. */
  readonly text: string;
  /** 0 to 1, as the reader itself has it. */
  readonly confidence: number;
  /** The characters of the text in order, blanks left out. Their boxes are rough: the reader guesses them. */
  readonly symbols: readonly ReadSymbol[];
}
