import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { tasks } from '../../core/tasks/index.ts';
import { loadPrompts } from '../../prompts/load.ts';

const folders: string[] = [];
afterEach(async () => {
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true })));
});
async function folderOf(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'verisim-prompts-'));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return folder;
}

describe('the prompts that come with Verisim', () => {
  it.each(tasks.map((task) => [task.name, task] as const))('cover every role of %s', async (_, task) => {
    const prompts = await loadPrompts();
    for (const role of ['critique', 'self-critique', 'critique-system']) {
      expect(prompts.has(`${task.name}/${role}`)).toBe(true);
    }
    for (const language of task.languages) {
      const role = (name: string) =>
        [`${task.name}/${name}.${language.name}`, `${task.name}/${name}`].find(prompts.has) ?? '';
      const values = { instructions: '', width: 64, height: 48, code: 'CODE', feedback: 'FEEDBACK' };
      expect(prompts.fill(role('generate'), values)).toContain(`\`\`\`${language.fences[0]} code block`);
      const revise = prompts.fill(role('revise'), values);
      expect(revise).toContain('CODE');
      expect(revise).toContain('FEEDBACK');
      expect(revise).not.toMatch(/\{\{|\n\n\n/);
    }
  });

  it.each(tasks.map((task) => [task.name, task] as const))(
    'show the critic of %s the form of its answer',
    async (_, task) => {
      const prompts = await loadPrompts();
      for (const role of ['critique', 'self-critique']) {
        const text = prompts.fill(`${task.name}/${role}`);
        const form: unknown = JSON.parse(text.slice(text.lastIndexOf('\n') + 1));
        const counts = task.categories.map((category) => `${category}_count`);
        expect(Object.keys(Object(form))).toEqual(['errors', ...counts]);
        expect(form).toMatchObject({
          errors: [Object.fromEntries(task.critic.errorFields.map((f) => [f, expect.anything()]))],
        });
        for (const category of task.categories) expect(text).toContain(`- ${category}: `);
      }
    },
  );

  it('fill values in without searching them for placeholders', async () => {
    const text = (await loadPrompts()).fill('chart/revise', {
      instructions: '',
      code: '{{feedback}} $& $1',
      feedback: '{{code}}',
    });
    expect(text).toContain('{{feedback}} $& $1');
    expect(text).toContain('{{code}}');
  });
});

describe("a user's folder", () => {
  it('replaces the files that it holds and no others', async () => {
    const folder = await folderOf({ 'chart/critique.md': 'Compare. {"a": {{"b": 1}}}\r\nSecond line.' });
    const [own, prompts] = [await loadPrompts(), await loadPrompts({ folder })];
    expect(prompts.fill('chart/critique')).toBe('Compare. {"a": {{"b": 1}}}\nSecond line.');
    expect(prompts.fill('svg/critique')).toBe(own.fill('svg/critique'));
    expect(await loadPrompts({ folder: `${folder}/` }).then((p) => p.fill('chart/critique'))).toMatch(
      /^Compare/,
    );
  });

  it.each<[string, Record<string, string>, RegExp]>([
    [
      'an unknown placeholder',
      { 'chart/generate.md': '{{instructions}} {{color}}' },
      /chart\/generate\.md .*unknown placeholder \{\{color\}\}/,
    ],
    ['a placeholder in capitals', { 'svg/revise.md': '{{Code}}' }, /unknown placeholder \{\{Code\}\}/],
    [
      'a missing placeholder',
      { 'svg/revise.md': '{{code}} {{instructions}}' },
      /svg\/revise\.md lacks the placeholder \{\{feedback\}\}/,
    ],
    [
      'a file that replaces nothing',
      { 'chart/judge.md': 'x' },
      /no prompt .*chart\/judge\.md.*chart\/critique/,
    ],
    [
      'a file for a language in the wrong task',
      { 'svg/generate.html.md': 'x' },
      /no prompt .*svg\/generate\.html\.md/,
    ],
    ['a file that is no prompt', { 'chart/critique.txt': 'x' }, /critique\.txt is no prompt/],
    ['an empty file', { 'chart/critique.md': '\n' }, /chart\/critique\.md is empty/],
    ['a file that is far too large', { 'chart/critique.md': 'x'.repeat(300_000) }, /larger than 256 KiB/],
  ])('is refused with %s', async (_, files, message) => {
    const folder = await folderOf(files);
    await expect(loadPrompts({ folder })).rejects.toThrow(
      expect.objectContaining({ name: 'ConfigError', message: expect.stringMatching(message) }),
    );
  });

  it('is refused when it does not exist', async () => {
    await expect(loadPrompts({ folder: '/nowhere/prompts' })).rejects.toThrow(
      /\/nowhere\/prompts cannot be read/,
    );
  });
});
