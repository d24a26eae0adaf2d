import { type CriticResult, type Critique, critiqueOf } from '../../core/critique.ts';
import type { Box, Discrepancy, Severity } from '../../core/discrepancy.ts';
import { addUsage } from '../../core/usage.ts';

/** Boxes that share this much of their union show the same place. */
const SAME_PLACE = 0.5;
/** Two wordings of one difference share about this much of their words (Dice). */
const SAME_WORDS = 0.4;

/** Wordings of one difference, at most one a sample. */
interface Cluster {
  readonly members: Discrepancy[];
  readonly samples: Set<number>;
}

/**
 * One critique out of several of the same two pictures. A difference is in the list when at least half of the usable
 * samples named it, with the median of their severities (the higher of two) and the first one's words; what fewer
 * named is kept as disputed. Without any usable sample it is a failure, the last one.
 *
 * @param results one at least
 */
export function mergeCritiques(results: readonly CriticResult[], asked: number): CriticResult {
  const usage = addUsage(...results.map((result) => result.usage));
  const usable = results.filter((result) => result.kind === 'critique');
  const [first] = usable;
  const last = results.at(-1);
  if (!first) {
    if (last?.kind === 'critic-failure') return { ...last, usage };
    throw new Error('mergeCritiques needs a result');
  }
  const clusters = clustersOf(usable);
  const merged = clusters.map(mergedOf);
  const counts = ({ named }: Discrepancy) => 2 * (named ?? 0) >= usable.length;
  return critiqueOf({
    critic: first.critic,
    discrepancies: merged.filter(counts),
    ...(first.reply !== undefined && { reply: first.reply }),
    samples: {
      asked,
      usable: usable.length,
      severitySums: usable.map(({ severitySum }) => severitySum),
      disputed: merged.filter((discrepancy) => !counts(discrepancy)),
    },
    usage,
  });
}

/** Each difference joins the cluster that it is most like and that has none of its sample yet. */
function clustersOf(critiques: readonly Critique[]): Cluster[] {
  const clusters: Cluster[] = [];
  for (const [sample, { discrepancies }] of critiques.entries()) {
    for (const discrepancy of discrepancies) {
      const open = clusters.filter(({ samples }) => !samples.has(sample));
      const [nearest] = open
        .map((cluster) => ({ cluster, likeness: likeness(cluster.members[0], discrepancy) }))
        .filter((each) => each.likeness > 0)
        .sort((a, b) => b.likeness - a.likeness);
      const cluster = nearest?.cluster ?? { members: [], samples: new Set() };
      if (!nearest) clusters.push(cluster);
      cluster.members.push(discrepancy);
      cluster.samples.add(sample);
    }
  }
  return clusters;
}

/** 0 when they are not the same difference. */
function likeness(a: Discrepancy | undefined, b: Discrepancy): number {
  if (a?.category !== b.category) return 0;
  const place = a.box && b.box ? overlap(a.box, b.box) : 0;
  const words = dice(wordsOf(a), wordsOf(b));
  return place >= SAME_PLACE || words >= SAME_WORDS ? place + words : 0;
}

function mergedOf({ members }: Cluster): Discrepancy {
  const [first] = members;
  if (!first) throw new Error('a cluster has a member');
  const severities = members.map(({ severity }) => severity).sort((a, b) => a - b);
  const severity: Severity = severities[Math.floor(severities.length / 2)] ?? first.severity;
  return { ...first, severity, named: members.length };
}

function wordsOf({ location, description }: Discrepancy): Set<string> {
  return new Set(`${location} ${description}`.toLowerCase().match(/[\p{L}\p{N}]+/gu));
}

/** Sørensen-Dice coefficient. */
function dice(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const shared = [...a].filter((word) => b.has(word)).length;
  return a.size + b.size === 0 ? 1 : (2 * shared) / (a.size + b.size);
}

/** Intersection over union. */
function overlap([ax, ay, aw, ah]: Box, [bx, by, bw, bh]: Box): number {
  const across = (a: number, aSize: number, b: number, bSize: number) =>
    Math.max(0, Math.min(a + aSize, b + bSize) - Math.max(a, b));
  const shared = across(ax, aw, bx, bw) * across(ay, ah, by, bh);
  const union = aw * ah + bw * bh - shared;
  return union === 0 ? 0 : shared / union;
}
