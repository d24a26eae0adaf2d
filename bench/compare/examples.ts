import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import type { Sample } from '../../datasets/sample.ts';
import { type Analysis, scoreOf } from './analysis.ts';
import type { Example } from './html/page.ts';
import { endOf, type Outcome } from './outcome.ts';
import { runFolder } from './run.ts';

/** Of each kind for each strategy. */
const EACH = 2;
const SIDE = 200;

/** The pictures on which a strategy gained and lost most against the baseline, drawn small. */
export async function examplesOf(
  { arms, baseline, scorers: [scorer] }: Analysis,
  outcomes: readonly Outcome[],
  samples: readonly Sample[],
  out: string,
): Promise<Example[]> {
  if (!scorer) return [];
  const sign = scorer.better === 'higher' ? 1 : -1;
  const base = new Map(outcomes.filter(({ arm }) => arm === baseline).map((each) => [each.picture, each]));
  const chosen = arms
    .filter(({ arm }) => arm !== baseline)
    .flatMap(({ arm }) => {
      const pairs = outcomes.flatMap((outcome) => {
        const other = base.get(outcome.picture);
        if (outcome.arm !== arm || !other) return [];
        const gain = sign * (scoreOf(endOf(outcome), scorer) - scoreOf(endOf(other), scorer));
        return gain === 0 ? [] : [{ arm, picture: outcome.picture, difference: gain }];
      });
      const ordered = pairs.sort((a, b) => b.difference - a.difference);
      const gains = ordered.filter(({ difference }) => difference > 0).slice(0, EACH);
      return [...gains, ...ordered.filter(({ difference }) => difference < 0).slice(-EACH)];
    });
  return Promise.all(
    chosen.flatMap(({ arm, picture, difference }) => {
      const sample = samples.find(({ id }) => id === picture);
      if (!sample) return [];
      return [
        exampleOf(
          sample,
          arm,
          difference,
          (name) => join(runFolder(out, name, picture), 'final.png'),
          baseline,
        ),
      ];
    }),
  );
}

async function exampleOf(
  sample: Sample,
  arm: string,
  difference: number,
  finalOf: (arm: string) => string,
  baseline: string,
): Promise<Example> {
  const final = async (name: string) => {
    const png = await readFile(finalOf(name)).catch(() => undefined);
    return png ? small(png) : null;
  };
  const reference = await small((await sample.picture()).png);
  return {
    picture: sample.id,
    arm,
    difference,
    reference,
    baseline: await final(baseline),
    challenger: await final(arm),
  };
}

async function small(png: Uint8Array): Promise<string> {
  const bytes = await sharp(png)
    .resize(SIDE, SIDE, { fit: 'inside', withoutEnlargement: true })
    .png()
    .toBuffer();
  return `data:image/png;base64,${bytes.toString('base64')}`;
}
