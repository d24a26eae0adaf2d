import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { Discrepancy } from '../core/discrepancy.ts';
import { DatasetError } from '../core/errors.ts';
import type { Picture } from '../core/picture.ts';
import type { Language, Task } from '../core/task.ts';
import { languageOf, taskNamed } from '../core/tasks/index.ts';
import { loadPicture } from '../tools/image/decode.ts';

/** One way of getting a picture's code wrong: `right` stands in the true code, `wrong` in its place when damaged. */
export const Damage = Discrepancy.extend({
  name: z.string().min(1),
  right: z.string().min(1).describe('text that the true code holds exactly once'),
  wrong: z.string().min(1).describe('what stands there instead; the true code does not hold it'),
}).strict();
export type Damage = z.infer<typeof Damage>;

/** A picture whose code is known, and labelled ways in which drafts of it may be wrong. */
export interface KnownPicture {
  readonly name: string;
  readonly task: Task;
  readonly language: Language;
  readonly picture: Picture;
  readonly code: string;
  readonly damages: readonly Damage[];
}

/** The pictures that come with Verisim. */
export const examplesFolder = fileURLToPath(new URL('../examples/', import.meta.url));

const SUFFIX = '.damage.json';
const Manifest = z.strictObject({
  task: z.string(),
  language: z.string(),
  damages: z.array(Damage).min(1).max(12),
});

/**
 * The known pictures of a folder: for each NAME.damage.json the picture NAME.png and the code NAME.<extension>.
 * @throws DatasetError when there is none, or a manifest does not fit its code
 */
export async function loadKnownPictures(folder: string): Promise<KnownPicture[]> {
  const files = await readdir(folder).catch((cause: unknown) => {
    throw new DatasetError(`The folder ${folder} cannot be read. Give a folder of known pictures.`, {
      cause,
    });
  });
  const names = files.filter((file) => file.endsWith(SUFFIX)).map((file) => file.slice(0, -SUFFIX.length));
  if (names.length === 0) {
    throw new DatasetError(
      `${folder} holds no *${SUFFIX}. Give a folder of known pictures, as examples/ is.`,
    );
  }
  return Promise.all(names.sort().map((name) => loadKnownPicture(folder, name)));
}

async function loadKnownPicture(folder: string, name: string): Promise<KnownPicture> {
  const path = join(folder, `${name}${SUFFIX}`);
  try {
    const manifest = Manifest.parse(JSON.parse(await readFile(path, 'utf8')));
    const task = taskNamed(manifest.task);
    const language = languageOf(task, manifest.language);
    const code = await readFile(join(folder, `${name}.${language.extension}`), 'utf8');
    for (const damage of manifest.damages) checkDamage(damage, code, task);
    const picture = await loadPicture(join(folder, `${name}.png`));
    return { name, task, language, picture, code, damages: manifest.damages };
  } catch (cause) {
    const why = cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause);
    throw new DatasetError(`The known picture ${path} cannot be used: ${why}`, { cause });
  }
}

function checkDamage({ name, category, right, wrong }: Damage, code: string, task: Task): void {
  if (!task.categories.includes(category)) {
    throw new DatasetError(`"${category}" of ${name} is no category of the task ${task.name}.`);
  }
  if (code.split(right).length !== 2) {
    throw new DatasetError(`"right" of ${name} must stand in the code exactly once.`);
  }
  if (code.includes(wrong) || code.replace(right, () => wrong).includes(right)) {
    throw new DatasetError(`"wrong" of ${name} must tell the damaged code from the true one.`);
  }
}
