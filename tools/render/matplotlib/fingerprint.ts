import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { findPython } from './python.ts';

/**
 * Differs when another Python would be used, or when any of its packages has another version.
 * @throws RenderError when there is no Python that can draw charts.
 */
export async function pythonFingerprint(configured?: string): Promise<string> {
  const { executable, python, matplotlib, numpy, packages } = await findPython(configured);
  const hash = createHash('sha256').update(JSON.stringify([executable, python, matplotlib, numpy]));
  for (const folder of packages) {
    const names = await readdir(folder).catch(() => []);
    // Their names hold the packages' versions.
    const versions = names.filter((name) => /\.(dist|egg)-info$/.test(name)).sort();
    hash.update(JSON.stringify([folder, versions]));
  }
  return hash.digest('hex').slice(0, 16);
}
