/**
 * System calls by number on [x86-64, arm64]; null where the machine has no such call. Denied are those by which
 * a program starts others, talks to others, changes what it sees of the machine, holds memory that no limit
 * counts, or reaches parts of the kernel that drawing never needs.
 */
const denied: Readonly<Record<string, readonly [number | null, number | null]>> = {
  fork: [57, null],
  vfork: [58, null],
  execve: [59, 221],
  execveat: [322, 281],
  socket: [41, 198],
  ptrace: [101, 117],
  process_vm_readv: [310, 270],
  process_vm_writev: [311, 271],
  kcmp: [312, 272],
  pidfd_open: [434, 434],
  pidfd_getfd: [438, 438],
  pidfd_send_signal: [424, 424],
  unshare: [272, 97],
  setns: [308, 268],
  mount: [165, 40],
  umount2: [166, 39],
  pivot_root: [155, 41],
  chroot: [161, 51],
  open_tree: [428, 428],
  move_mount: [429, 429],
  fsopen: [430, 430],
  fsconfig: [431, 431],
  fsmount: [432, 432],
  fspick: [433, 433],
  mount_setattr: [442, 442],
  memfd_create: [319, 279],
  memfd_secret: [447, 447],
  shmget: [29, 194],
  shmat: [30, 196],
  semget: [64, 190],
  msgget: [68, 186],
  mq_open: [240, 180],
  keyctl: [250, 219],
  add_key: [248, 217],
  request_key: [249, 218],
  bpf: [321, 280],
  perf_event_open: [298, 241],
  userfaultfd: [323, 282],
  io_uring_setup: [425, 425],
  io_uring_enter: [426, 426],
  io_uring_register: [427, 427],
  fanotify_init: [300, 262],
  name_to_handle_at: [303, 264],
  open_by_handle_at: [304, 265],
  move_pages: [279, 239],
  migrate_pages: [256, 238],
  init_module: [175, 105],
  finit_module: [313, 273],
  delete_module: [176, 106],
  kexec_load: [246, 104],
  kexec_file_load: [320, 294],
  personality: [135, 92],
  modify_ldt: [154, null],
  iopl: [172, null],
  ioperm: [173, null],
  quotactl: [179, 60],
  acct: [163, 89],
  syslog: [103, 116],
  reboot: [169, 142],
  swapon: [167, 224],
  swapoff: [168, 225],
  settimeofday: [164, 170],
  clock_settime: [227, 112],
  clock_adjtime: [305, 266],
  adjtimex: [159, 171],
  sethostname: [170, 161],
  setdomainname: [171, 162],
};

const machines = {
  x64: { column: 0, audit: 0xc000003e, clone: 56, clone3: 435, x32: true },
  arm64: { column: 1, audit: 0xc00000b7, clone: 220, clone3: 435, x32: false },
} as const;

export type Architecture = keyof typeof machines;

export function isFilterable(architecture: string): architecture is Architecture {
  return Object.hasOwn(machines, architecture);
}

const LOAD = 0x20;
const JUMP_EQUAL = 0x15;
const JUMP_AT_LEAST = 0x35;
const JUMP_ANY_BIT = 0x45;
const RETURN = 0x06;
const ALLOW = 0x7fff0000;
const KILL_PROCESS = 0x80000000;
const refuse = (errno: number) => 0x00050000 | errno;
const EPERM = 1;
const ENOSYS = 38;
const CLONE_THREAD = 0x10000;

/**
 * A seccomp filter (classic BPF, 8 bytes an instruction) for generated code: no further processes, programs,
 * sockets, namespaces or shared memory; a refused call fails with EPERM. Threads are allowed. clone3, whose
 * flags a filter cannot see, is reported as unknown, upon which the C library falls back to clone.
 */
export function seccompFilter(architecture: Architecture): Uint8Array {
  const { column, audit, clone, clone3, x32 } = machines[architecture];
  // [code, jump if true, jump if false, operand]; each test jumps over the return that follows it.
  const program: [number, number, number, number][] = [
    [LOAD, 0, 0, 4],
    [JUMP_EQUAL, 1, 0, audit],
    [RETURN, 0, 0, KILL_PROCESS],
    [LOAD, 0, 0, 0],
    ...(x32
      ? ([
          [JUMP_AT_LEAST, 0, 1, 0x40000000],
          [RETURN, 0, 0, refuse(EPERM)],
        ] satisfies [number, number, number, number][])
      : []),
    [JUMP_EQUAL, 0, 1, clone3],
    [RETURN, 0, 0, refuse(ENOSYS)],
  ];
  for (const numbers of Object.values(denied)) {
    const number = numbers[column];
    if (number === null) continue;
    program.push([JUMP_EQUAL, 0, 1, number], [RETURN, 0, 0, refuse(EPERM)]);
  }
  program.push(
    [JUMP_EQUAL, 0, 3, clone],
    [LOAD, 0, 0, 16],
    [JUMP_ANY_BIT, 1, 0, CLONE_THREAD],
    [RETURN, 0, 0, refuse(EPERM)],
    [RETURN, 0, 0, ALLOW],
  );
  const bytes = new DataView(new ArrayBuffer(program.length * 8));
  for (const [index, [code, yes, no, operand]] of program.entries()) {
    bytes.setUint16(index * 8, code, true);
    bytes.setUint8(index * 8 + 2, yes);
    bytes.setUint8(index * 8 + 3, no);
    bytes.setUint32(index * 8 + 4, operand >>> 0, true);
  }
  return new Uint8Array(bytes.buffer);
}

/** The denied calls' numbers on this architecture, by name. */
export function deniedCalls(architecture: Architecture): Record<string, number> {
  const { column } = machines[architecture];
  return Object.fromEntries(
    Object.entries(denied).flatMap(([name, numbers]) => {
      const number = numbers[column];
      return number === null ? [] : [[name, number]];
    }),
  );
}
