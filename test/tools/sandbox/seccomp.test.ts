import { describe, expect, it } from 'vitest';
import {
  type Architecture,
  deniedCalls,
  isFilterable,
  seccompFilter,
} from '../../../tools/sandbox/seccomp.ts';

const machines = {
  x64: {
    audit: 0xc000003e,
    clone: 56,
    clone3: 435,
    allowed: { read: 0, write: 1, mmap: 9, futex: 202, exit: 231 },
  },
  arm64: {
    audit: 0xc00000b7,
    clone: 220,
    clone3: 435,
    allowed: { read: 63, write: 64, mmap: 222, futex: 98, exit: 94 },
  },
} as const;
const ALLOW = 0x7fff0000;
const EPERM = 0x00050001;
const ENOSYS = 0x00050026;
const KILL = 0x80000000;

/** What the kernel's interpreter of classic BPF does with the few instructions that a filter of calls uses. */
function decide(filter: Uint8Array, call: { number: number; audit: number; argument?: number }): number {
  const view = new DataView(filter.buffer);
  const data = new Map([
    [0, call.number],
    [4, call.audit],
    [16, call.argument ?? 0],
  ]);
  let loaded = 0;
  for (let at = 0; at < filter.byteLength / 8; at += 1) {
    const operand = view.getUint32(at * 8 + 4, true);
    const jump = (yes: boolean) => view.getUint8(at * 8 + (yes ? 2 : 3));
    const code = view.getUint16(at * 8, true);
    if (code === 0x06) return operand;
    if (code === 0x20) loaded = data.get(operand) ?? Number.NaN;
    else if (code === 0x15) at += jump(loaded === operand);
    else if (code === 0x35) at += jump(loaded >= operand);
    else if (code === 0x45) at += jump((loaded & operand) !== 0);
    else throw new Error(`instruction ${code} at ${at}`);
  }
  throw new Error('the filter has no end');
}

for (const architecture of ['x64', 'arm64'] satisfies Architecture[]) {
  describe(`the filter of calls on ${architecture}`, () => {
    const { audit, clone, clone3, allowed } = machines[architecture];
    const filter = seccompFilter(architecture);

    it('lets drawing through', () => {
      for (const number of Object.values(allowed)) expect(decide(filter, { number, audit })).toBe(ALLOW);
    });

    it('refuses every call of its list', () => {
      const numbers = Object.values(deniedCalls(architecture));
      expect(numbers.length).toBeGreaterThan(50);
      for (const number of numbers) expect(decide(filter, { number, audit })).toBe(EPERM);
    });

    it('lets clone make threads, not processes', () => {
      expect(decide(filter, { number: clone, audit, argument: 0x3d0f00 })).toBe(ALLOW);
      expect(decide(filter, { number: clone, audit, argument: 17 })).toBe(EPERM);
      expect(decide(filter, { number: clone3, audit })).toBe(ENOSYS);
    });

    it('ends a program that calls by the numbers of another architecture', () => {
      expect(decide(filter, { number: allowed.read, audit: 0x40000003 })).toBe(KILL);
    });
  });
}

it('the second set of numbers of x64 is refused', () => {
  const filter = seccompFilter('x64');
  expect(decide(filter, { number: 0x40000000 + 59, audit: machines.x64.audit })).toBe(EPERM);
});

it('other architectures have no filter', () => {
  expect(isFilterable('x64')).toBe(true);
  expect(isFilterable('s390x')).toBe(false);
});
