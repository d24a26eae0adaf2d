import * as z from 'zod';

/**
 * Visual-ERM, section 3.3: reflect and revise three times, from the last draft and its list of discrepancies, without
 * its render; the last round is reported. The threshold is not published; here only severity zero ends a run early.
 */
const paper = {
  strategy: 'refine',
  rounds: 3,
  from: 'last',
  feedback: 'full',
  history: 'last',
  showRender: false,
  select: 'last',
  criticSamples: 1,
};

const Layer = z.looseObject({ preset: z.literal('paper') });

/**
 * Settings of one place (a configuration file, the command line, a call) with those of its preset where it does not
 * say otherwise itself. A preset of a later place wins over what an earlier one says.
 */
export function withPreset<T extends object>(layer: T): T {
  return Layer.safeParse(layer).success ? { ...paper, ...layer } : layer;
}
