import type { Score } from './score.ts';

/** What a judge looks at and how many of the 100 points each is worth. */
export const highLevelCriteria = [
  { name: 'Chart Types', points: 20 },
  { name: 'Layout', points: 10 },
  { name: 'Text Content', points: 20 },
  { name: 'Data', points: 20 },
  { name: 'Style', points: 20 },
  { name: 'Clarity', points: 10 },
] as const;

/**
 * ChartMimic's high-level score, 0 to 100, from a judge's reply: the number of its line "Score: N/100", or where there
 * is none of its last "Score: N"; 0 when it names no score. Parts are the criteria that the reply gives points for.
 * @see Yang et al., "ChartMimic", ICLR 2025, section 4.3; extract_gpt_score in open-compass/VLMEvalKit
 */
export function chartMimicHighLevel(reply: string): Score {
  const emphasis = '[*_~`]*';
  const line = new RegExp(`^\\s*Score:\\s*${emphasis}\\s*(\\d+)\\s*/\\s*100`, 'im').exec(reply);
  const last = [...reply.matchAll(new RegExp(`Score:\\s*${emphasis}\\s*(\\d+)`, 'gi'))].at(-1);
  const found = line ?? last;
  const parts = highLevelCriteria.flatMap(({ name, points }): [string, number][] => {
    const given = new RegExp(`${name}[^\\n]*?(\\d+(?:\\.\\d+)?)\\s*/\\s*${points}\\b`, 'i').exec(reply)?.[1];
    return given === undefined ? [] : [[name, Math.min(points, Number(given))]];
  });
  const value = Math.min(100, Number(found?.[1] ?? 0));
  return {
    value,
    parts: Object.fromEntries(parts),
    explanation: found
      ? `The judge gives ${value} of 100 points.`
      : 'The reply names no score, which counts as 0.',
  };
}
