import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type * as z from 'zod';
import { openCorrupter } from '../../datasets/corrupt/corrupt.ts';
import { loadFolder } from '../../datasets/folder.ts';
import { writeIcons } from '../../scripts/plain-icons.ts';
import { corruptedSubject } from '../../server/simulate/corrupted.ts';
import type { SimulateOptions } from '../../server/simulate/options.ts';
import { startSimulator } from '../../server/simulate/start.ts';
import type { Subject } from '../../server/simulate/subject.ts';
import { svgRenderer } from '../../tools/render/svg.ts';
import { emptyFolder } from './folder.ts';

/** A folder of plain icons with their code, and a simulator that plays them, until the test is over. */
export async function playedIcons(count: number, options: z.input<typeof SimulateOptions> = {}) {
  const renderer = svgRenderer({ workers: 2 });
  const folder = join(await emptyFolder(), 'icons');
  await writeIcons(folder, count, renderer);
  const corrupter = openCorrupter({ rendererOf: () => renderer });
  const subjects: Subject[] = [];
  for await (const { code = '', ...sample } of loadFolder(folder, { task: 'svg' })) {
    subjects.push(await corruptedSubject({ ...sample, code }, { corrupter, seed: 1, count: 4 }));
  }
  await corrupter.close();
  const simulator = await startSimulator(options, { pictures: [], subjects, renderers: [renderer] });
  onTestFinished(async () => {
    await simulator.close();
    await renderer.close();
  });
  return { folder, subjects, simulator };
}
