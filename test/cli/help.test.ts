import { expect, it } from 'vitest';
import { verisim } from '../support/cli.ts';

it('help fits a terminal of 80 columns, whatever the command', async () => {
  const { stdout } = await verisim(['--help']);
  const commands = [...String(stdout).matchAll(/^ {2}([a-z]+) /gm)].map(([, name = '']) => name);
  expect(commands).toContain('refine');
  const pages = await Promise.all(
    commands.filter((name) => name !== 'help').map((name) => verisim([name, '--help'])),
  );
  for (const page of [stdout, ...pages.map((one) => one.stdout)]) {
    // A term is never broken, so that it can be copied.
    const wide = String(page)
      .split('\n')
      .filter((line) => line.length > 80 && !line.startsWith('  -'));
    expect(wide).toEqual([]);
  }
});
