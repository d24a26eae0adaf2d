import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Picture } from '../../../core/picture.ts';
import { RunRecord } from '../../../core/record.ts';
import { pictureOfPng } from '../../../tools/image/picture.ts';
import { StoredRequest } from './request.ts';

/**
 * One run on disk: request.json, events.jsonl, pictures/<digest>.png, calls/ (answered model calls, until it is
 * finished), and run.json, the record, which is there when it is finished.
 */
export interface RunFolder {
  readonly path: string;
  readonly events: string;
  readonly calls: string;
  begin(request: StoredRequest, picture: Picture): Promise<void>;
  putPicture(picture: Picture): Promise<void>;
  /** Undefined when there is none of this digest. */
  png(digest: string): Promise<Uint8Array | undefined>;
  /** The reference picture, as it was normalised once. */
  reference(request: StoredRequest): Promise<Picture>;
  finish(record: RunRecord): Promise<void>;
  /** What was done when the server ended; the run goes on when it starts again. */
  interrupt(record: RunRecord): Promise<void>;
  /** Null while it is not finished. */
  record(): Promise<RunRecord | null>;
  remove(): Promise<void>;
}

export function runFolder(path: string): RunFolder {
  const file = (...names: readonly string[]) => join(path, ...names);
  return {
    path,
    events: file('events.jsonl'),
    calls: file('calls'),
    async begin(request, picture) {
      await mkdir(file('pictures'), { recursive: true });
      await put(file('pictures', `${picture.digest}.png`), picture.png);
      await writeFile(file('events.jsonl'), '');
      await put(file('request.json'), JSON.stringify(request));
    },
    putPicture: ({ digest, png }) => put(file('pictures', `${digest}.png`), png),
    png: (digest) => readFile(file('pictures', `${digest}.png`)).catch(() => undefined),
    async reference({ picture }) {
      return pictureOfPng(await readFile(file('pictures', `${picture}.png`)));
    },
    async finish(record) {
      await put(file('run.json'), JSON.stringify(record));
      await Promise.all(
        ['calls', 'interrupted.json'].map((name) => rm(file(name), { recursive: true, force: true })),
      );
    },
    interrupt: (record) => put(file('interrupted.json'), JSON.stringify(record)),
    async record() {
      const text = await readFile(file('run.json'), 'utf8').catch(() => undefined);
      return text === undefined ? null : RunRecord.parse(JSON.parse(text));
    },
    remove: () => rm(path, { recursive: true, force: true }),
  };
}

export interface KeptRun {
  readonly folder: RunFolder;
  readonly request: StoredRequest;
  readonly record: RunRecord | null;
}

/** The runs below a folder, oldest first. What cannot be read is no run: a folder that a kill left half made. */
export async function* keptRuns(path: string): AsyncGenerator<KeptRun> {
  const found: Omit<KeptRun, 'record'>[] = [];
  for (const name of await readdir(path)) {
    const folder = runFolder(join(path, name));
    const request = await requestIn(folder.path);
    if (request?.id === name) found.push({ folder, request });
  }
  found.sort((a, b) => (a.request.createdAt < b.request.createdAt ? -1 : 1));
  for (const { folder, request } of found) {
    yield { folder, request, record: await folder.record().catch(() => null) };
  }
}

async function requestIn(path: string): Promise<StoredRequest | undefined> {
  try {
    return StoredRequest.parse(JSON.parse(await readFile(join(path, 'request.json'), 'utf8')));
  } catch {
    return undefined;
  }
}

async function put(path: string, content: string | Uint8Array): Promise<void> {
  await writeFile(`${path}.part`, content);
  await rename(`${path}.part`, path);
}
