/** What a program in the sandbox sees and may do. Whatever is not named here does not exist for it. */
export interface Isolation {
  /** Host files and folders that are visible read-only; those that the host has not are left out. */
  readonly readOnly: readonly (string | { readonly host: string; readonly inside: string })[];
  /** Bytes of the private, writable /tmp (and of /dev/shm with standard devices), in memory, gone at the end. */
  readonly tmpfsBytes: number;
  /** The whole environment; nothing is inherited. */
  readonly environment: Readonly<Record<string, string>>;
  /** `minimal`: /dev/null, zero, urandom and random alone. `standard`: also /dev/shm, pts, tty, full. */
  readonly devices: 'minimal' | 'standard';
  /** Mount a /proc, which shows the sandbox's own processes alone. */
  readonly proc: boolean;
  /** Capabilities inside the sandbox's own user namespace; none of them reaches the host. */
  readonly capabilities: readonly string[];
  /** Where the program starts; a folder that exists inside. */
  readonly workingDirectory: string;
}

const minimalDevices = ['/dev/null', '/dev/zero', '/dev/urandom', '/dev/random'];

/**
 * The arguments of `bwrap` that run `command` so isolated: every namespace its own (no network but an own
 * loopback, own process ids), a new session, an end with its parent, and no way to gain privileges.
 */
export function bubblewrapArguments(isolation: Isolation, command: readonly string[]): string[] {
  const { readOnly, tmpfsBytes, environment, devices, proc, capabilities, workingDirectory } = isolation;
  const size = String(tmpfsBytes);
  return [
    ...['--unshare-all', '--die-with-parent', '--new-session', '--hostname', 'sandbox'],
    ...['--cap-drop', 'ALL', ...capabilities.flatMap((name) => ['--cap-add', name])],
    ...['--clearenv', ...Object.entries(environment).flatMap(([key, value]) => ['--setenv', key, value])],
    // Before the read-only paths, of which some may lie in /tmp: a virtual environment in a build folder, say.
    ...['--size', size, '--tmpfs', '/tmp'],
    ...readOnly.flatMap((path) =>
      typeof path === 'string' ? ['--ro-bind-try', path, path] : ['--ro-bind-try', path.host, path.inside],
    ),
    ...(devices === 'standard'
      ? ['--dev', '/dev', '--size', size, '--tmpfs', '/dev/shm']
      : minimalDevices.flatMap((path) => ['--dev-bind-try', path, path])),
    ...(proc ? ['--proc', '/proc'] : []),
    ...['--remount-ro', '/'],
    ...['--chdir', workingDirectory, '--', ...command],
  ];
}

/**
 * What nearly every dynamically linked program on Linux needs to start: its libraries, the loader's cache, and
 * /etc/alternatives, through which Debian's BLAS and LAPACK are found.
 */
export const systemLibraries: readonly string[] = [
  '/usr/lib',
  '/usr/lib32',
  '/usr/lib64',
  '/usr/local/lib',
  '/lib',
  '/lib32',
  '/lib64',
  '/etc/alternatives',
  '/etc/ld.so.cache',
];
