import type { Severity } from '../../../../core/discrepancy.ts';

// The rules by which severities are given; docs/embedded.md has them as a table. Shares are of the drawn area.

/** An element is missing or too many, or a place without an element differs. */
export function bySize(share: number): Severity {
  return share > 0.1 ? 3 : share > 0.012 ? 2 : 1;
}

/** An element lies elsewhere: distance as a share of the picture's longer side. */
export function byDistance(distance: number, share: number): Severity {
  if (distance > 0.1 && share > 0.02) return 3;
  return distance > 0.025 ? 2 : 1;
}

/** An element has another size: larger area over smaller. */
export function byGrowth(growth: number): Severity {
  return growth > 2 ? 3 : growth > 1.25 ? 2 : 1;
}

/** An element has another colour: CIEDE2000, or levels of a gradient's difference. */
export function byColour(difference: number, share: number): Severity {
  if (difference > 25) return share > 0.05 ? 3 : 2;
  return difference > 9 ? 2 : 1;
}

/** An element has another outline: differing pixels over its area. */
export function byOutline(changed: number, share: number): Severity {
  if (changed > 0.35 && share > 0.02) return 3;
  return changed > 0.12 ? 2 : 1;
}

/** Letters or signs of a line differ: theirs over all of its ink. */
export function byLetters(share: number): Severity {
  return share > 0.5 ? 3 : 2;
}
