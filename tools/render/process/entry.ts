/** The module at this path beside another one, as source or as built: the build leaves names in strings alone. */
export function entryBeside(url: string, path: string): URL {
  return new URL(`${path}.${url.endsWith('.ts') ? 'ts' : 'js'}`, url);
}
