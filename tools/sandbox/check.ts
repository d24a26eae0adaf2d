import type { Check } from '../../core/check.ts';
import { SandboxError } from '../../core/errors.ts';
import { type FindBubblewrapOptions, findBubblewrap } from './bubblewrap.ts';

/** Whether generated code can be isolated on this machine. */
export async function checkSandbox(options: FindBubblewrapOptions = {}): Promise<Check> {
  const name = 'bubblewrap sandbox';
  try {
    return { name, ok: true, detail: await findBubblewrap(options) };
  } catch (error) {
    if (!(error instanceof SandboxError)) throw error;
    const [detail, remedy] = splitRemedy(error.message);
    return { name, ok: false, detail, remedy };
  }
}

/** A SandboxError's last sentence is what to do. */
function splitRemedy(message: string): [string, string] {
  const at = message.lastIndexOf('. ');
  return at < 0 ? [message, message] : [message.slice(0, at + 1), message.slice(at + 2)];
}
