import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import * as z from 'zod';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Builds and packs the package, and installs the tarball in an empty project as a user would. Returns its folder. */
export async function packed(): Promise<string> {
  const project = await mkdtemp(join(tmpdir(), 'verisim-packed-'));
  const { stdout } = await execa('npm', ['pack', '--json', '--silent', '--pack-destination', project], {
    cwd: root,
  });
  const [{ filename }] = z.tuple([z.object({ filename: z.string() })]).parse(JSON.parse(stdout));
  await writeFile(join(project, 'package.json'), '{"name": "user", "private": true, "type": "module"}');
  await execa('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', join(project, filename)], {
    cwd: project,
  });
  return project;
}
