import { bestAssignment } from '../assignment.ts';
import { ciede2000, labOfHex } from '../colour/lab.ts';
import { f1Of, type Score } from '../score.ts';
import type { Trace } from './trace.ts';

/** Colours above this number the reference thins out to those that differ. */
const MANY = 10;
const NEARLY_ALIKE = 0.7;

/**
 * F1 of colours: within each plotting function the assignment of generated to golden colours with the greatest
 * similarity in all. Similarity is 1 - CIEDE2000 / 100, at least 0; of colour maps 1 when they are the same.
 * @param thinOut above ten colours of a side, leave out those like an earlier one by more than 0.7, as the reference
 *   (which takes them in an arbitrary order; here it is that of drawing)
 */
export function colourF1(
  generated: Trace['colours'],
  golden: Trace['colours'],
  thinOut: boolean,
): Score['parts'] & { f1: number } {
  const similarity = similarities();
  const [left, right] = [generated, golden].map((side) => {
    return thinOut && side.length > MANY ? thinned(side, similarity) : side;
  });
  if (!left || !right || left.length === 0 || right.length === 0) return f1Of(0, 1, 1);
  const [byFunction, goldenByFunction] = [
    Map.groupBy(left, ([name]) => name),
    Map.groupBy(right, ([name]) => name),
  ];
  let agreed = 0;
  for (const [name, pairs] of byFunction) {
    const others = goldenByFunction.get(name) ?? [];
    const weights = pairs.map(([, a]) => others.map(([, b]) => similarity(a, b)));
    for (const [i, j] of bestAssignment(weights)) agreed += weights[i]?.[j] ?? 0;
  }
  return f1Of(agreed, left.length, right.length);
}

function similarities(): (a: string, b: string) => number {
  const difference = ciede2000();
  return (a, b) => {
    const hexadecimal = [a, b].filter((colour) => colour.startsWith('#')).length;
    if (hexadecimal === 1) return 0;
    if (hexadecimal === 0) return a === b ? 1 : 0;
    return Math.max(0, 1 - difference(labOfHex(a), labOfHex(b)) / 100);
  };
}

/** Colours are compared across functions here, as in the reference. */
function thinned(colours: Trace['colours'], similarity: (a: string, b: string) => number): Trace['colours'] {
  const kept: Trace['colours'] = [];
  for (const pair of colours) {
    if (!kept.some(([, other]) => similarity(pair[1], other) > NEARLY_ALIKE)) kept.push(pair);
  }
  return kept;
}
