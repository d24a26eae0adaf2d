import { ModelNeeded } from '../core/errors.ts';

/** An error in the words of the command line, which has options. */
export function told(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return error instanceof ModelNeeded ? `${message} Name one: --${error.role} openai:MODEL` : message;
}
