import { ModelError } from '../core/errors.ts';
import type { CallFailure } from './failure.ts';
import type { Provider } from './provider.ts';
import type { GivenUp } from './retry.ts';
import type { ModelSpec } from './spec.ts';

/** Shorter keys guard nothing. */
const SHORTEST = 8;

/** Makes the one error that a user sees when a model cannot be had: where, what happened, what to do. */
export function explain(
  { name }: ModelSpec,
  { urls, key, keySource }: Provider,
): (given: GivenUp, cause: unknown) => ModelError {
  // Local servers are given dummies for keys, such as `x`, which would be found in every word.
  const secret = key !== undefined && key.length >= SHORTEST ? key : undefined;
  const scrub = (text: string) => (secret ? text.replaceAll(secret, '***') : text);
  return ({ failure, attempts, wait }, cause) => {
    const tries = attempts === 1 ? '' : ` (${attempts} tries)`;
    const longer =
      wait === undefined
        ? ''
        : ` It is to be asked again in ${Math.ceil(wait / 1000)} s, longer than retryWait allows.`;
    const message = `The model ${name} at ${urls.join(', ')} gave no reply: ${failure.reason.replace(/\.$/, '')}${tries}.${longer} ${remedy(failure, keySource)}`;
    const { status } = failure;
    // The client's own error may hold the request, so only its words are kept.
    const words = new Error(scrub(cause instanceof Error ? cause.message : String(cause)));
    return new ModelError(scrub(message), { cause: words, ...(status !== undefined && { status }) });
  };
}

function remedy({ status, transient }: CallFailure, keySource: string): string {
  if (status === undefined) {
    return 'Check that a server runs there and is not too slow for timeout (verisim doctor asks it), or set OPENAI_BASE_URL or baseUrl.';
  }
  if (status === 401 || status === 403) return `Check the key in ${keySource}.`;
  if (status === 404) return "Check the model's name, and that the base URL ends as the server's does (/v1).";
  if (status === 429 && !transient) return "Check the account's quota.";
  if (status === 429) return 'Ask fewer at once, or raise retries and retryWait.';
  if (status >= 500) return "Look into the server's log, then try again.";
  return "The server refused the request itself: mend the model's settings after its message.";
}
