import { constants } from 'node:fs';
import { access, readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { execa } from 'execa';
import { SandboxError } from '../../core/errors.ts';

export interface FindBubblewrapOptions {
  /** Path of `bwrap`; looked for on PATH when left out. */
  readonly path?: string;
  readonly signal?: AbortSignal;
}

const isolated = ['--unshare-all', '--die-with-parent', '--cap-drop', 'ALL', '--ro-bind', '/', '/'];

/**
 * Finds bubblewrap and proves that it can isolate a program here: having the binary is not enough, since
 * many machines and containers forbid the user namespaces that it stands on. Returns its path.
 * @throws SandboxError that says why not and how to mend it; the signal's reason when aborted.
 */
export async function findBubblewrap({ path, signal }: FindBubblewrapOptions = {}): Promise<string> {
  signal?.throwIfAborted();
  if (process.platform !== 'linux') {
    throw new SandboxError(
      `The sandbox (bubblewrap) exists on Linux alone and this is ${process.platform}. Run Verisim in a Linux virtual machine or container, or allow generated code to run unsandboxed.`,
    );
  }
  const bubblewrap = path ?? (await onPath('bwrap'));
  if (bubblewrap === undefined) {
    throw new SandboxError(
      'bubblewrap (bwrap), which isolates generated code, is not installed. Install it: apt-get install bubblewrap',
    );
  }
  const trial = await execa(bubblewrap, [...isolated, '--', 'true'], {
    reject: false,
    timeout: 20_000,
    stdin: 'ignore',
    ...(signal && { cancelSignal: signal }),
  });
  signal?.throwIfAborted();
  if (trial.failed) {
    const said = (trial.stderr || trial.shortMessage || '').trim().slice(0, 500);
    throw new SandboxError(
      `${bubblewrap} is installed but cannot isolate a program (${said}). ${await remedy(said)}`,
      { cause: trial },
    );
  }
  return bubblewrap;
}

/** The first executable of this name on PATH. */
async function onPath(name: string): Promise<string | undefined> {
  const { PATH = '' } = process.env;
  for (const folder of PATH.split(delimiter)) {
    const candidate = join(folder, name);
    const found = await access(candidate, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (folder !== '' && found) return candidate;
  }
  return undefined;
}

/** The switches by which kernels and distributions turn user namespaces off, and what turns them on again. */
async function remedy(said: string): Promise<string> {
  if (/ENOENT|EACCES/.test(said)) return 'Install it: apt-get install bubblewrap';
  const setting = (path: string) => readFile(path, 'utf8').then(Number, () => undefined);
  if ((await setting('/proc/sys/kernel/unprivileged_userns_clone')) === 0) {
    return 'User namespaces are off. Turn them on: sudo sysctl -w kernel.unprivileged_userns_clone=1';
  }
  if ((await setting('/proc/sys/user/max_user_namespaces')) === 0) {
    return 'User namespaces are off. Turn them on: sudo sysctl -w user.max_user_namespaces=10000';
  }
  if ((await setting('/proc/sys/kernel/apparmor_restrict_unprivileged_userns')) === 1) {
    return 'AppArmor restricts user namespaces. Allow them: sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0';
  }
  return 'In a container, start it with: --security-opt seccomp=unconfined --security-opt apparmor=unconfined --security-opt systempaths=unconfined';
}
