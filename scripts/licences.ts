import { readdir, readFile } from 'node:fs/promises';

/**
 * The licence texts of the packages whose files went into a bundle, as their licences ask of whoever passes
 * the bundle on.
 * @param inputs paths of the bundled files, from the project's folder
 * @throws Error when a package comes without a licence file.
 */
export async function licencesOf(inputs: readonly string[]): Promise<string> {
  const packages = new Set(
    inputs.flatMap((input) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1] ?? []),
  );
  const texts = await Promise.all([...packages].sort().map(licenceOf));
  return texts.join('\n\n');
}

async function licenceOf(folder: string): Promise<string> {
  const base = new URL(`../${folder}/`, import.meta.url);
  const file = (await readdir(base)).find((name) => /^licen[cs]e/i.test(name));
  if (file === undefined) throw new Error(`${folder} has no licence file: it cannot be bundled.`);
  const text = await readFile(new URL(file, base), 'utf8');
  return `${folder.replace(/^.*node_modules\//, '')}\n\n${text.trim()}`;
}
