/** A part of a message on a worker's control channel: messages are a type letter, a length (4 bytes, big endian), a payload. */
export interface Piece {
  readonly kind: string;
  readonly bytes: Buffer;
  /** Whether the message ends with it. */
  readonly last: boolean;
}

const HEADER = 5;

export function frameOf(kind: 'J' | 'C', payload: Uint8Array = new Uint8Array()): Buffer {
  const header = Buffer.alloc(HEADER);
  header.write(kind, 'latin1');
  header.writeUInt32BE(payload.byteLength, 1);
  return Buffer.concat([header, payload]);
}

/**
 * Takes the channel's bytes as they come and calls back with each piece of a message, uncopied: pictures are
 * megabytes, and what is copied on the way keeps the garbage collector busy.
 */
export function frameReader(onPiece: (piece: Piece) => void): (chunk: Buffer) => void {
  const header = Buffer.alloc(HEADER);
  let [filled, left] = [0, 0];
  return (chunk) => {
    let at = 0;
    while (at < chunk.byteLength) {
      if (filled < HEADER) {
        const taken = chunk.copy(header, filled, at, at + HEADER - filled);
        filled += taken;
        at += taken;
        if (filled < HEADER) return;
        left = header.readUInt32BE(1);
      }
      const bytes = chunk.subarray(at, at + left);
      at += bytes.byteLength;
      left -= bytes.byteLength;
      // A header at the end of a chunk has its payload in the next one.
      if (bytes.byteLength === 0 && left > 0) return;
      const last = left === 0;
      onPiece({ kind: header.toString('latin1', 0, 1), bytes, last });
      if (last) filled = 0;
    }
  };
}
