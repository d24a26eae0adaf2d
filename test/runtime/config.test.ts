import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConfigError } from '../../core/errors.ts';
import { loadConfig, parseConfig } from '../../runtime/config.ts';
import { withPreset } from '../../runtime/presets.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'verisim-config-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function loading(name: string, text: string) {
  await writeFile(join(folder, name), text);
  return loadConfig(name, folder).catch((error: unknown) => error);
}

describe('loadConfig', () => {
  it('is empty where there is no file', async () => {
    expect(await loadConfig(undefined, folder)).toEqual({});
  });

  it('reads TypeScript and JSON, and gives what the file says without defaults', async () => {
    expect(await loading('a.json', '{"rounds": 5}')).toEqual({ rounds: 5 });
    expect(
      await loading('b.ts', "const rounds: number = 2;\nexport default { rounds, generator: 'embedded' };"),
    ).toEqual({ rounds: 2, generator: 'embedded' });
  });

  it('names the file and the key of a typo', async () => {
    const error = await loading('typo.json', '{"generater": "embedded"}');
    expect(error).toBeInstanceOf(ConfigError);
    expect(String(error)).toMatch(/typo\.json/);
    expect(String(error)).toMatch(/"generater" is no setting; there are: .*generator/);
  });

  it('names a wrong value by its path, in a model too', async () => {
    expect(String(await loading('v.json', '{"rounds": -1}'))).toMatch(/rounds/);
    const error = String(
      await loading('m.json', '{"models": {"q": {"name": "openai:x", "baseURL": "http://a"}}}'),
    );
    expect(error).toMatch(/baseURL/);
    expect(error).toMatch(/models\.q/);
  });

  it('says why a file cannot be read', async () => {
    expect(String(await loading('bad.json', '{"rounds": '))).toMatch(/bad\.json cannot be read/);
    expect(String(await loading('bad.ts', 'export default {'))).toMatch(/bad\.ts cannot be read/);
    expect(String(await loadConfig('none.json', folder).catch(String))).toMatch(/none\.json cannot be read/);
  });
});

it('parseConfig fills in the defaults', () => {
  expect(parseConfig({})).toMatchObject({
    generator: 'embedded',
    critic: 'embedded',
    rounds: 3,
    models: {},
    allowUnsandboxed: false,
  });
});

it('a preset stands in for what is not said, each place by itself', async () => {
  expect(parseConfig({ preset: 'paper', rounds: 5 })).toMatchObject({ rounds: 5, select: 'last' });
  expect(parseConfig({})).toMatchObject({ rounds: 3, select: 'best' });
  expect(await loading('preset.json', '{"preset": "paper", "from": "best"}')).toMatchObject({
    from: 'best',
    select: 'last',
  });
  // The later place wins: what the command line's preset says, over what the file says.
  expect({ ...{ select: 'best' }, ...withPreset({ preset: 'paper' }) }).toMatchObject({ select: 'last' });
  expect(String(await loading('preset.json', '{"preset": "papre"}'))).toMatch(/preset/);
});
