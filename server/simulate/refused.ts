import type { WireError } from './wire.ts';

/** A request that the simulator answers with an error in OpenAI's shape. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly wire: WireError;
  constructor(wire: WireError, options?: ErrorOptions) {
    super(wire.message, options);
    this.wire = wire;
  }
}

/** A request that is wrong in itself. */
export function badRequest(message: string, code: string, param = 'messages', cause?: unknown): Refused {
  return new Refused({ status: 400, message, type: 'invalid_request_error', code, param }, { cause });
}
