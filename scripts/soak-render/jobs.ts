import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Hostile } from '../../test/hostile/expectation.ts';
import { exhaustingHtml, reachingHtml } from '../../test/hostile/html/documents.ts';
import { hostileSvg } from '../../test/hostile/svg/documents.ts';
import { pngBomb } from '../../test/hostile/witness.ts';
import { corpusOf, type Item, type Kind } from '../bench-render/corpus.ts';

export interface Job {
  readonly name: string;
  readonly code: string;
  readonly language: Item['language'];
  /** What may become of it. An innocent one renders, to the same bytes each time. */
  readonly outcomes: readonly string[];
  readonly hostile: boolean;
}

const programs = join(import.meta.dirname, '../../test/hostile');

/**
 * The hostile programs and documents of the suite, the languages by turns, taken at a stride, as the worst ones stand
 * together in their files.
 */
export async function hostileJobs(folder: string): Promise<Job[]> {
  const secret = join(folder, 'secret.txt');
  await writeFile(secret, 'verisim-secret');
  const places = { url: 'http://127.0.0.1:9', picture: join(folder, 'secret.png'), bomb: await pngBomb() };
  const jobOf =
    (language: Item['language']) =>
    ({ name, code, outcome }: Hostile): Job => ({
      name: `hostile ${language}: ${name}`,
      code,
      language,
      outcomes: [outcome].flat(),
      hostile: true,
    });
  const python = (await hostilePython(secret)).map(jobOf('matplotlib'));
  const html = [...reachingHtml(places), ...exhaustingHtml(places)].map(jobOf('html'));
  const all = byTurns([python, hostileSvg(places).map(jobOf('svg')), html]);
  return all.flatMap((_, index) => all[(index * strideOver(all.length)) % all.length] ?? []);
}

/**
 * The corpus, kinds by turns, again and again; each fiftieth job is a hostile one. The second half has the hostile ones
 * of the first half again: what differs in memory between the two is a leak, and not other jobs.
 */
export async function* jobsOf(count: number, hostile: readonly Job[]): AsyncGenerator<Job> {
  const innocent = await Promise.all((['charts', 'tables', 'icons'] satisfies Kind[]).map(innocentJobs));
  const again = Math.max(1, Math.floor(count / 100));
  for (let index = 0; index < count; index += 1) {
    const list = index % 50 === 49 ? hostile : innocent[index % innocent.length];
    const turn = index % 50 === 49 ? Math.floor(index / 50) % again : Math.floor(index / innocent.length);
    const job = list?.[turn % list.length];
    if (job) yield job;
  }
}

async function innocentJobs(kind: Kind): Promise<Job[]> {
  return (await corpusOf(kind)).map(({ name, code, language }) => ({
    name,
    code,
    language,
    outcomes: ['rendered'],
    hostile: false,
  }));
}

async function hostilePython(secret: string): Promise<Hostile[]> {
  const values: Readonly<Record<string, string>> = {
    SECRET: 'verisim-secret',
    SECRET_CODES: [...'verisim-secret'].map((letter) => letter.charCodeAt(0)).join(),
    SECRET_FILE: secret,
    PORT: '9',
    BASE64: Buffer.alloc(64 * 64 * 3, 7).toString('base64'),
    NESTED: '('.repeat(100_000),
  };
  const names = (await readdir(programs)).filter((name) => name.endsWith('.py')).sort();
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(programs, name), 'utf8');
      const outcome = /^# outcome: (.+)$/m.exec(text)?.[1]?.split(' | ') ?? [];
      const code = text.replaceAll(/\{\{(\w+)\}\}/g, (_, key: string) => values[key] ?? '');
      return { name, code, outcome: outcome as Hostile['outcome'] };
    }),
  );
}

/** The least number above three fifths of a length that shares no factor with it, so that it comes by each place once. */
function strideOver(length: number): number {
  const factor = (a: number, b: number): number => (b === 0 ? a : factor(b, a % b));
  let stride = Math.ceil(0.6 * length);
  while (factor(stride, length) !== 1) stride += 1;
  return stride;
}

function byTurns<T>(lists: readonly (readonly T[])[]): T[] {
  const longest = Math.max(...lists.map((list) => list.length));
  return Array.from({ length: longest }, (_, index) =>
    lists.flatMap((list) => list.slice(index, index + 1)),
  ).flat();
}
