import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { type RunLine, readRunLog } from '../../runtime/batch-log.ts';
import { timeless } from '../../scripts/kill/timeless.ts';
import { verisim } from './cli.ts';
import { examples } from './simulator.ts';

/** A folder of pictures that look like the example icon and yet are all different. */
export async function iconsIn(folder: string, count: number): Promise<string> {
  const icons = join(folder, 'icons');
  await mkdir(icons, { recursive: true });
  for (let index = 0; index < count; index += 1) {
    const dot = {
      create: { width: 1, height: 1, channels: 3 as const, background: { r: 250, g: 250, b: index } },
    };
    const input = await sharp(dot).png().toBuffer();
    const name = `icon-${String(index).padStart(2, '0')}.png`;
    await sharp(join(examples, 'icon.png'))
      .composite([{ input, left: 0, top: 0 }])
      .png()
      .toFile(join(icons, name));
  }
  return icons;
}

/** Starts `verisim refine ICONS --out OUT` with the simulated pair behind this URL. */
export function startBatch(icons: string, out: string, url: string, ...options: string[]) {
  const models = ['--generator', 'openai:simulated-generator', '--critic', 'openai:simulated-critic'];
  return verisim(['refine', icons, '--task', 'svg', ...models, '--out', out, ...options], {
    env: { OPENAI_BASE_URL: url },
  });
}

export async function linesIn(out: string): Promise<RunLine[]> {
  const lines: RunLine[] = [];
  await readRunLog(join(out, 'runs.jsonl'), (line) => lines.push(line));
  return lines;
}

/** What a batch came to, by run, without what differs between two runs of the same: ids, times, replays. */
export async function resultsIn(out: string): Promise<Map<string, unknown>> {
  const results = new Map<string, unknown>();
  for (const { run, record } of await linesIn(out)) {
    const code = await readFile(join(out, run, 'final.svg'), 'utf8').catch(() => undefined);
    const written: unknown = JSON.parse(await readFile(join(out, run, 'run.json'), 'utf8'));
    results.set(run, { code, record: record && timeless(record), written: timeless(written) });
  }
  return results;
}
