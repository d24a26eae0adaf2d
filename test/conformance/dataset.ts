import { describe, expect, it } from 'vitest';
import { taskNamed } from '../../core/tasks/index.ts';
import type { Sample } from '../../datasets/sample.ts';

/**
 * What every loader of pictures keeps to, whatever the layout.
 *
 * @example
 * datasetConformance('folder', (signal) => loadFolder(path, { task: 'svg', signal }));
 */
export function datasetConformance(
  name: string,
  load: (signal?: AbortSignal) => AsyncIterable<Sample>,
): void {
  describe(`${name} is a dataset`, () => {
    const all = async () => {
      const samples: Sample[] = [];
      for await (const sample of load()) samples.push(sample);
      return samples;
    };

    it('has samples, each with an id of its own and a place', async () => {
      const samples = await all();
      expect(samples.length).toBeGreaterThan(0);
      expect(new Set(samples.map(({ id }) => id)).size).toBe(samples.length);
      for (const { id, source } of samples) {
        expect(id).not.toBe('');
        expect(source).toContain('/');
      }
    });

    it('names tasks and languages that there are, a language exactly where there is code', async () => {
      for (const { task, language, code } of await all()) {
        const languages = taskNamed(task).languages.map((known) => known.name);
        expect(language === undefined).toBe(code === undefined);
        if (language !== undefined) expect(languages).toContain(language);
      }
    });

    it('gives pictures that can be had again, the same each time', async () => {
      for (const sample of await all()) {
        const picture = await sample.picture();
        expect(picture.width * picture.height).toBeGreaterThan(0);
        expect((await sample.picture()).digest).toBe(picture.digest);
      }
    });

    it('gives the same samples in the same order each time', async () => {
      const [first, second] = [await all(), await all()];
      expect(second.map(({ id, code }) => [id, code])).toEqual(first.map(({ id, code }) => [id, code]));
    });

    it('ends with the reason when it is aborted', async () => {
      const reason = new Error('enough');
      const run = async () => {
        for await (const _ of load(AbortSignal.abort(reason)));
      };
      await expect(run()).rejects.toThrow(reason);
    });
  });
}
