import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { SandboxError } from '../../../core/errors.ts';
import { bubblewrapArguments, systemLibraries } from '../../sandbox/isolation.ts';
import { isFilterable, seccompFilter } from '../../sandbox/seccomp.ts';
import { pinnedFonts } from '../fonts.ts';
import type { MatplotlibOptions } from './options.ts';
import type { Python } from './python.ts';
import type { Warmth } from './warmth.ts';

/** How a worker is started. */
export interface WorkerCommand {
  readonly file: string;
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

const source = join(import.meta.dirname, 'worker');
const MIB = 1024 * 1024;
/**
 * Each page that a program touches anew is a fault, and faults are half of what drawing in a fork costs. glibc keeps
 * freed pictures for the next one instead of giving them back, and asks for huge pages. Other C libraries ignore it.
 */
const ALLOCATOR = [
  'trim_threshold=268435456',
  'mmap_threshold=268435456',
  'top_pad=16777216',
  'hugetlb=1',
].map((setting) => `glibc.malloc.${setting}`);

/**
 * The command of a worker, in bubblewrap unless there is none. Inside, the worker holds one capability over its
 * own namespaces, with which it gives each program process ids and files of its own; the program has none.
 * @throws SandboxError when this machine's processor has no system call filter written for it.
 */
export function workerCommand(
  python: Python,
  options: MatplotlibOptions,
  bubblewrap: string | undefined,
  warmth: Warmth,
): WorkerCommand {
  const filterable = process.platform === 'linux' && isFilterable(process.arch);
  if (bubblewrap !== undefined && !filterable) {
    throw new SandboxError(
      `The sandbox knows the system calls of x64 and arm64 processors and this is ${process.arch}. Run Verisim on one of those, or allow generated code to run unsandboxed.`,
    );
  }
  const seccomp = filterable && isFilterable(process.arch) ? seccompFilter(process.arch) : new Uint8Array();
  // matplotlib brings its own DejaVu.
  const latin = pinnedFonts('latin').filter((path) => !basename(path).startsWith('DejaVu'));
  // Where the asked font lacks a character.
  const others = [...pinnedFonts('cjk'), ...pinnedFonts('symbols')];
  const config = (place: (path: string) => string) =>
    JSON.stringify({
      scientific: warmth === 'scientific',
      namespaces: bubblewrap !== undefined,
      seccomp: Buffer.from(seccomp).toString('base64'),
      fonts: latin.map(place),
      fallbackFonts: others.map(place),
      resultBytes: options.outputPixels * 4 + MIB,
      cpuSeconds: options.cpuSeconds,
      wallSeconds: options.wallSeconds,
      addressSpaceBytes: options.addressSpaceBytes,
      diskBytes: options.diskBytes,
      fileBytes: options.fileBytes,
      files: options.files,
      openFiles: options.openFiles,
      outputPixels: options.outputPixels,
    });
  const environment = {
    LANG: 'C.UTF-8',
    HOME: '/tmp',
    PATH: '',
    PYTHONPATH: python.packages.join(':'),
    PYTHONHASHSEED: '0',
    PYTHONNOUSERSITE: '1',
    MPLBACKEND: 'Agg',
    MPLCONFIGDIR: '/tmp/matplotlib',
    // More threads gain nothing on charts, must not be alive at a fork, and may sum in another order.
    OPENBLAS_NUM_THREADS: '1',
    OMP_NUM_THREADS: '1',
    MKL_NUM_THREADS: '1',
    GLIBC_TUNABLES: ALLOCATOR.join(':'),
    // The date that matplotlib and others put into files.
    SOURCE_DATE_EPOCH: '0',
    TZ: 'UTC',
  };
  if (bubblewrap === undefined) {
    const home = join(tmpdir(), `verisim-matplotlib-${process.getuid?.() ?? 'user'}`);
    return {
      file: python.executable,
      args: ['-B', source, config((path) => path)],
      environment: { ...environment, HOME: tmpdir(), MPLCONFIGDIR: home },
    };
  }
  const inside = (path: string) => `/fonts/${basename(path)}`;
  const isolation = {
    readOnly: [
      ...systemLibraries,
      '/usr/share/zoneinfo',
      ...python.needs,
      { host: source, inside: '/worker' },
      ...[...latin, ...others].map((host) => ({ host, inside: inside(host) })),
    ],
    tmpfsBytes: 64 * MIB,
    environment,
    devices: 'minimal' as const,
    proc: false,
    capabilities: ['CAP_SYS_ADMIN'],
    workingDirectory: '/tmp',
  };
  return {
    file: bubblewrap,
    args: bubblewrapArguments(isolation, [python.executable, '-B', '/worker', config(inside)]),
    environment: {},
  };
}
