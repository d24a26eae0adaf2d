import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import type * as z from 'zod';
import { loadKnownPictures } from '../../datasets/known.ts';
import { parseConfig } from '../../runtime/config.ts';
import { openRenderers } from '../../runtime/renderers.ts';
import type { SimulateOptions } from '../../server/simulate/options.ts';
import { type Simulator, startSimulator } from '../../server/simulate/start.ts';

export const examples = fileURLToPath(new URL('../../examples/', import.meta.url));

/** A simulator that plays one example until the test is over. */
export async function simulatorOf(
  name: 'chart' | 'table' | 'icon',
  options: z.input<typeof SimulateOptions> = {},
): Promise<Simulator> {
  const renderers = openRenderers(parseConfig({}));
  const pictures = (await loadKnownPictures(examples)).filter((known) => known.name === name);
  const simulator = await startSimulator(options, {
    pictures,
    renderers: pictures.map(({ language }) => renderers.of(language.name)),
  });
  onTestFinished(async () => {
    await simulator.close();
    await renderers.close();
  });
  return simulator;
}
