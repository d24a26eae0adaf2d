import { readFile } from 'node:fs/promises';
import { ConfigError } from '../core/errors.ts';
import type { PictureStore } from '../core/picture.ts';
import type { RunRecord } from '../core/record.ts';
import type { ReportData } from '../core/report.ts';

/**
 * One HTML file that shows a run: the page of web/ with the record and its pictures inside. It opens from
 * disk and needs no network; its content security policy allows none.
 * @throws ConfigError when the page was not built; VerisimError when `pictures` lacks one of the record.
 */
export async function reportHtml(record: RunRecord, pictures: Pick<PictureStore, 'get'>): Promise<string> {
  const data: ReportData = { record, pictures: dataUrls(record, pictures) };
  const [head, tail, ...rest] = (await builtPage()).split('{{data}}');
  if (head === undefined || tail === undefined || rest.length > 0) {
    throw new ConfigError('The report page is damaged. Build it again: npm run build:page');
  }
  return head + inertJson(data) + tail;
}

async function builtPage(): Promise<string> {
  const path = new URL('../web/dist/report.html', import.meta.url);
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new ConfigError('The report page is not built. Run: npm run build:page', { cause });
  }
}

function dataUrls({ input, rounds }: RunRecord, pictures: Pick<PictureStore, 'get'>): Record<string, string> {
  const rendered = rounds.flatMap(({ render }) => (render.kind === 'rendered' ? [render.picture] : []));
  const digests = new Set([input.picture, ...rendered]);
  return Object.fromEntries([...digests].map((digest) => [digest, dataUrl(pictures.get(digest).png)]));
}

function dataUrl(png: Uint8Array): string {
  return `data:image/png;base64,${Buffer.from(png).toString('base64')}`;
}

/** JSON that no HTML parser reads as markup: whatever a model wrote, `<` never occurs in it. */
function inertJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
