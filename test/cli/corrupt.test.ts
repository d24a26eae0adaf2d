import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { verisim } from '../support/cli.ts';
import { emptyFolder } from '../support/folder.ts';
import { examples } from '../support/simulator.ts';

describe('verisim corrupt', () => {
  it('prints damaged code and its labels, the same for the same seed', async () => {
    const cwd = await emptyFolder();
    const args = ['corrupt', join(examples, 'icon.svg'), '--seed', '4', '--count', '2', '--out', 'wrong.svg'];
    const { exitCode, stdout } = await verisim(args, { cwd });
    expect(exitCode).toBe(0);
    const printed = JSON.parse(String(stdout));
    expect(printed).toMatchObject({ task: 'svg', language: 'svg', seed: 4, operators: { length: 2 } });
    expect(printed.discrepancies[0]).toMatchObject({ severity: expect.any(Number), box: { length: 4 } });
    expect(await readFile(join(cwd, 'wrong.svg'), 'utf8')).toBe(printed.code);
    expect((await verisim(args, { cwd })).stdout).toBe(stdout);
  });

  it('says what it cannot damage, and which operators there are', async () => {
    const cwd = await emptyFolder();
    await writeFile(join(cwd, 'a.html'), '<p>no table</p>');
    await writeFile(join(cwd, 'a.svg'), 'no drawing');
    const none = await verisim(['corrupt', 'a.html', '--unchecked'], { cwd });
    expect(none.exitCode).toBe(1);
    expect(none.stderr).toMatch(/0 of 1 damages found a place in a\.html/);
    const broken = await verisim(['corrupt', 'a.svg'], { cwd });
    expect(broken.exitCode).toBe(2);
    expect(broken.stderr).toMatch(/no SVG document/);
    const unknown = await verisim(['corrupt', 'a.html', '--operators', 'row-mising'], { cwd });
    expect(unknown.exitCode).toBe(2);
    expect(unknown.stderr).toMatch(/No operator "row-mising" damages html\. Use some of: row-missing/);
  });
});
