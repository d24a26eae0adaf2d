import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SandboxError } from '../../../core/errors.ts';
import { findBubblewrap } from '../../../tools/sandbox/bubblewrap.ts';
import { checkSandbox } from '../../../tools/sandbox/check.ts';
import { bubblewrapArguments, type Isolation, systemLibraries } from '../../../tools/sandbox/isolation.ts';

const isolation: Isolation = {
  readOnly: [...systemLibraries, '/usr/bin', '/bin'],
  tmpfsBytes: 1024 * 1024,
  environment: { PATH: '/usr/bin', GREETING: 'hello' },
  devices: 'minimal',
  proc: false,
  capabilities: [],
  workingDirectory: '/tmp',
};
const shell = async (script: string, over: Partial<Isolation> = {}) =>
  execa(
    await findBubblewrap(),
    bubblewrapArguments({ ...isolation, ...over }, ['/usr/bin/bash', '-c', script]),
    { reject: false, env: { SECRET: 'token' } },
  );

describe('a program in the sandbox', () => {
  it('sees the environment that it was given and no other', async () => {
    const { stdout } = await shell('env');
    expect(stdout).toContain('GREETING=hello');
    expect(stdout).not.toMatch(/SECRET|HOME|USER/);
  });

  it('sees nothing of the home, the project or other processes', async () => {
    const { stdout } = await shell(`ls -d /* ; ls /tmp; cat ${import.meta.filename} || echo hidden`);
    expect(stdout).toContain('hidden');
    expect(stdout.split('\n')).not.toEqual(expect.arrayContaining(['/home']));
    expect(stdout).not.toMatch(/^\/(root|proc|sys|var|work)$/m);
  });

  it('has four devices, or the standard ones', async () => {
    expect((await shell('echo /dev/*')).stdout).toBe('/dev/null /dev/random /dev/urandom /dev/zero');
    expect((await shell('echo /dev/*', { devices: 'standard' })).stdout).toContain('/dev/shm');
  });

  it('writes to a bounded /tmp and to nothing else', async () => {
    const { stdout } = await shell(
      'echo x > /new || echo root-refused; echo x > /usr/lib/new || echo lib-refused; head -c 3000000 /dev/zero > big || stat -c %s big',
    );
    expect(stdout).toBe('root-refused\nlib-refused\n1048576');
  });

  it('has no network and no way to open one', async () => {
    const script = 'tail -n +2 /proc/net/route | wc -l; echo > /dev/tcp/1.1.1.1/53 || echo refused';
    expect((await shell(script, { proc: true })).stdout).toBe('0\nrefused');
  });

  it('sees with /proc its own processes alone, and holds no capability', async () => {
    const { stdout } = await shell(
      'echo /proc/[0-9]*; grep -h -E "Cap(Prm|Bnd)|NoNewPrivs" /proc/self/status',
      {
        proc: true,
      },
    );
    const [processes = '', ...privileges] = stdout.split('\n');
    expect(processes.split(' ').length).toBeLessThanOrEqual(3);
    expect(privileges.map((line) => Number.parseInt(line.split(/\s+/)[1] ?? '', 16))).toEqual([0, 0, 1]);
  });

  it('finds a folder at another place when it is put there', async () => {
    const { stdout } = await shell('cat /given/bubblewrap.test.ts | head -c 6', {
      readOnly: [...isolation.readOnly, { host: import.meta.dirname, inside: '/given' }],
    });
    expect(stdout).toBe('import');
  });
});

describe('without a working bubblewrap', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'verisim-bwrap-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('a missing one is named with the command that installs it', async () => {
    const error = await findBubblewrap({ path: join(folder, 'bwrap') }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(SandboxError);
    expect(String(error)).toContain('apt-get install bubblewrap');
  });

  it('one that cannot isolate says what it said and how to mend it', async () => {
    const path = join(folder, 'refusing');
    await writeFile(path, '#!/bin/sh\necho "bwrap: setting up uid map: Permission denied" >&2\nexit 1\n');
    await chmod(path, 0o755);
    await expect(findBubblewrap({ path })).rejects.toThrow(/uid map: Permission denied.*(sysctl|container)/s);
    expect(await checkSandbox({ path })).toMatchObject({
      ok: false,
      detail: /uid map/,
      remedy: /sysctl|container/,
    });
  });

  it('doctor says where a working one is', async () => {
    expect(await checkSandbox()).toMatchObject({ ok: true, detail: expect.stringMatching(/bwrap$/) });
  });
});
