import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { ConfigError, RenderError, SandboxError } from '../../../../core/errors.ts';
import { findPython } from '../../../../tools/render/matplotlib/python.ts';
import { checkPython, matplotlibRenderer } from '../../../../tools/render/matplotlib.ts';
import { failed, rendered } from '../../../conformance/renderer.ts';

const drawing = { code: 'import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.savefig("x.png")' };
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'verisim-python-'));
});
afterAll(() => rm(folder, { recursive: true }));
afterEach(() => vi.unstubAllEnvs());

async function script(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, `#!/bin/sh\n${text}\n`);
  await chmod(path, 0o755);
  return path;
}

describe('without a sandbox', () => {
  it('generated code is not run, and the reason and the remedy are named', async () => {
    const renderer = matplotlibRenderer({ bubblewrap: join(folder, 'none') });
    const error = await renderer.render(drawing).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(SandboxError);
    expect(String(error)).toContain('apt-get install bubblewrap');
    await renderer.close();
  });

  it('it runs when that is explicitly allowed, to the same bytes, and leaves no file', async () => {
    const bubblewrap = join(folder, 'none');
    vi.stubEnv('TMPDIR', folder);
    const bare = matplotlibRenderer({ workers: 1, bubblewrap, allowUnsandboxed: true });
    const shut = matplotlibRenderer({ workers: 1, allowUnsandboxed: true });
    try {
      const pictures = [await bare.render(drawing), await bare.render(drawing), await shut.render(drawing)];
      expect(new Set(pictures.map((result) => rendered(result).picture.digest)).size).toBe(1);
      const endless = matplotlibRenderer({ workers: 1, bubblewrap, allowUnsandboxed: true, wallSeconds: 1 });
      expect(failed(await endless.render({ code: 'while True: pass' })).outcome).toBe('timeout');
      await endless.close();
    } finally {
      await Promise.all([bare.close(), shut.close()]);
    }
    expect(
      (await readdir(folder)).filter((name) => /^verisim-.*[^r]$/.test(name) && !/matplotlib/.test(name)),
    ).toEqual([]);
  });
});

describe('Python', () => {
  it('is found even when the first on PATH has no matplotlib', async () => {
    await script('python3', 'echo "No module named matplotlib" >&2; exit 1');
    const real = await findPython();
    vi.stubEnv('PATH', folder);
    expect(await findPython()).toMatchObject({ executable: real.executable });
  });

  it('that has none is named with what it said and the install command', async () => {
    const python = await script('bare', 'echo "ModuleNotFoundError: No module named matplotlib" >&2; exit 1');
    const renderer = matplotlibRenderer({ python });
    const error = await renderer.render(drawing).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(RenderError);
    expect(String(error)).toMatch(/bare: .*No module named matplotlib.*apt-get install python3-matplotlib/);
    await renderer.close();
    expect(await checkPython(python)).toMatchObject({ ok: false, remedy: /apt-get install/ });
  });

  it('that is no Python is named', async () => {
    const python = await script('liar', 'echo hello');
    await expect(findPython(python)).rejects.toThrow(/no usable answer/);
    await expect(findPython(join(folder, 'none'))).rejects.toThrow(RenderError);
  });

  it('of a virtual environment in a home folder runs in the sandbox', async () => {
    const { executable } = await findPython();
    const environment = await mkdtemp(join(process.cwd(), 'out-environment-'));
    try {
      await execa(executable, ['-m', 'venv', '--without-pip', '--system-site-packages', environment]);
      const renderer = matplotlibRenderer({ workers: 1, python: join(environment, 'bin', 'python') });
      rendered(await renderer.render(drawing));
      await renderer.close();
    } finally {
      await rm(environment, { recursive: true });
    }
  });

  it('is described for doctor', async () => {
    expect(await checkPython()).toMatchObject({ ok: true, detail: /Python 3.*matplotlib \d.*numpy \d/ });
  });
});

describe('options', () => {
  it('that are unknown or out of range are refused by name', () => {
    expect(() => matplotlibRenderer({ workers: 0 })).toThrow(ConfigError);
    expect(() => matplotlibRenderer({ workers: 0 })).toThrow(/workers/);
  });

  it('that change what code may do change the version; the number of workers does not', () => {
    const version = (options: Parameters<typeof matplotlibRenderer>[0]) =>
      matplotlibRenderer(options).version;
    expect(version({ workers: 1 })).toBe(version({ workers: 2 }));
    expect(version({ cpuSeconds: 1 })).not.toBe(version({ cpuSeconds: 2 }));
  });
});
