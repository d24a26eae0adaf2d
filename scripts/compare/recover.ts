import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Analysis, analyse } from '../../bench/compare/analysis.ts';
import { armsOf } from '../../bench/compare/arm.ts';
import { runComparison } from '../../bench/compare/run.ts';
import type { Profile } from '../../server/simulate/options.ts';
import { rehearsal } from './rehearsal.ts';

/** From the worst to the best with models that play as below; the last two are one and the same strategy. */
export const strategies = ['direct', 'best-of-n', 'refine', 'refine:threshold=0'];
/** Its critic misses, invents and misgrades; its generator mends, and sometimes spoils. */
export const skill: Partial<Profile> = {
  damage: 0.7,
  noise: 0.2,
  mend: 0.6,
  newDamage: 0.1,
  miss: 0.1,
  invent: 0.02,
  misgrade: 0.1,
  break: 0.02,
};

export interface Recovery {
  /** Seeds whose means stand in the known order. */
  readonly ordered: number;
  /** Seeds in which every step of the order that is real was shown. */
  readonly shown: number;
  /** Seeds in which the two that are the same were told apart. */
  readonly told: number;
  /** Seeds whose interval of the two that are the same leaves out zero. */
  readonly missed: number;
  readonly seeds: number;
}

/** Compares strategies of a known order once for each seed, by the real loop. */
export async function recover(
  seeds: number,
  pictures: number,
  { first = 1 }: { readonly first?: number } = {},
): Promise<Recovery> {
  let [ordered, shown, told, missed] = [0, 0, 0, 0];
  for (let seed = first; seed < first + seeds; seed += 1) {
    const analyses = await compareOnce(seed, pictures);
    const [direct = 0, bestOfN = 0, refine = 0, same = 0] = analyses.byDirect.arms.map(
      ({ scores }) => scores[0]?.mean ?? 0,
    );
    if (direct > bestOfN && bestOfN > Math.max(refine, same)) ordered += 1;
    const verdicts = [
      verdictOf(analyses.byDirect, 'best-of-n'),
      verdictOf(analyses.byDirect, 'refine'),
      verdictOf(analyses.byBestOfN, 'refine'),
    ];
    if (verdicts.every((verdict) => verdict === 'better')) shown += 1;
    const contrast = contrastOf(analyses.byRefine, 'refine:threshold=0');
    const [low = 0, high = 0] = contrast?.interval ?? [];
    if (low > 0 || high < 0) missed += 1;
    if (contrast?.verdict !== 'no difference shown') told += 1;
  }
  return { ordered, shown, told, missed, seeds };
}

function contrastOf({ contrasts }: Analysis, arm: string) {
  return contrasts.find((each) => each.arm === arm && each.matching === 'as set');
}

function verdictOf(analysis: Analysis, arm: string) {
  return contrastOf(analysis, arm)?.verdict;
}

async function compareOnce(seed: number, pictures: number) {
  const out = await mkdtemp(join(tmpdir(), 'verisim-compare-'));
  const parts = await rehearsal({ seed, pictures, profile: skill });
  try {
    const outcomes = await runComparison({
      ...parts,
      arms: armsOf(strategies),
      made: { seed },
      out,
      concurrency: 1,
      say: () => {},
      status: () => {},
    });
    const { scorers } = parts;
    const by = (baseline: string) =>
      analyse(outcomes, { arms: strategies, baseline, scorers, resampling: { resamples: 1000, seed } });
    return { byDirect: by('direct'), byBestOfN: by('best-of-n'), byRefine: by('refine') };
  } finally {
    await parts.verisim.close();
    await rm(out, { recursive: true, force: true });
  }
}
