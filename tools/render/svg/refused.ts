import type { RenderFailure } from '../../../core/render.ts';

/** Ends the parser from within one of its handlers; never leaves checkSvg. */
export class Refused extends Error {
  readonly failure: RenderFailure;
  constructor(outcome: RenderFailure['outcome'], message: string, line?: number) {
    super(message);
    this.failure = { kind: 'render-failure', outcome, message, ...(line !== undefined && { line }) };
  }
}
