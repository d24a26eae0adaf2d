import { join, relative } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fileNameOf } from '../../bench/code/files.ts';

test('ids of the benchmarks are their own file names', () => {
  for (const id of ['direct_600/bar_9', 'page_1.png#3', 'report_pg1', '年報_1.jpg#0'])
    expect(fileNameOf(id)).toBe(id);
});

test('no id leads out of the folder, and no two ids share a file', () => {
  const part = fc.constantFrom('..', '.', '', 'a', 'a b', 'a\u0000', '\\', 'é', '/', '~', 'C:');
  const id = fc.array(part, { minLength: 1, maxLength: 6 }).map((parts) => parts.join('/'));
  fc.assert(
    fc.property(id, id, (one, other) => {
      const path = relative('/folder', join('/folder', fileNameOf(one)));
      expect(path.startsWith('..')).toBe(false);
      expect(path).not.toBe('');
      if (one !== other) expect(fileNameOf(one)).not.toBe(fileNameOf(other));
    }),
  );
});
