/** One message on a worker's control channel: a type letter, a length (4 bytes, big endian), a payload. */
export interface Frame {
  readonly kind: string;
  readonly payload: Buffer;
}

const HEADER = 5;

export function frameOf(kind: 'J' | 'C', payload: Uint8Array = new Uint8Array()): Buffer {
  const header = Buffer.alloc(HEADER);
  header.write(kind, 'latin1');
  header.writeUInt32BE(payload.byteLength, 1);
  return Buffer.concat([header, payload]);
}

/** Takes the channel's bytes as they come and calls back with each whole frame. */
export function frameReader(onFrame: (frame: Frame) => void): (chunk: Buffer) => void {
  let pending: Buffer[] = [];
  let size = 0;
  return (chunk) => {
    pending.push(chunk);
    size += chunk.byteLength;
    if (size < wanted(pending, size)) return;
    let bytes = Buffer.concat(pending, size);
    while (bytes.byteLength >= HEADER && bytes.byteLength >= HEADER + bytes.readUInt32BE(1)) {
      const end = HEADER + bytes.readUInt32BE(1);
      onFrame({ kind: bytes.toString('latin1', 0, 1), payload: bytes.subarray(HEADER, end) });
      bytes = bytes.subarray(end);
    }
    pending = [bytes];
    size = bytes.byteLength;
  };
}

/** Bytes of the first pending frame, so that a large one is put together once and not at every chunk. */
function wanted(pending: readonly Buffer[], size: number): number {
  if (size < HEADER) return HEADER;
  const [first] = pending;
  if (!first || first.byteLength < HEADER) return 0;
  return HEADER + first.readUInt32BE(1);
}
