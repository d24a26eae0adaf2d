import type { Check } from '../../../core/check.ts';
import { RenderError } from '../../../core/errors.ts';
import { findPython } from './python.ts';

/**
 * Whether there is a Python that can draw charts.
 * @param python the configured one, when there is one
 */
export async function checkPython(python?: string): Promise<Check> {
  const name = 'python3 with matplotlib';
  try {
    const found = await findPython(python);
    const detail = `${found.executable} (Python ${found.python}, matplotlib ${found.matplotlib}, numpy ${found.numpy})`;
    return { name, ok: true, detail };
  } catch (error) {
    if (!(error instanceof RenderError)) throw error;
    return { name, ok: false, detail: error.message, remedy: 'apt-get install python3-matplotlib' };
  }
}
