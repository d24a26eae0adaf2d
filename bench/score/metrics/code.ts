import { codeLength } from '../../../metrics/code-length.ts';
import { elementCount } from '../../../metrics/element-count.ts';
import { executionRate } from '../../../metrics/execution-rate.ts';
import type { Score } from '../../../metrics/score.ts';
import { codeFiles, type PairMetric, pictureFiles } from '../metric.ts';
import { isFailure } from '../pictures.ts';

/** These look at the candidate; the reference's own figure, where it has one, is among the parts. */
export const codeMetrics: readonly PairMetric[] = [
  {
    name: 'execution-rate',
    summary: 'share of programs that render, 0 to 1',
    candidate: codeFiles,
    reference: [...codeFiles, ...pictureFiles],
    worst: 0,
    async score(candidate) {
      const drawn = await candidate.picture();
      return isFailure(drawn) ? drawn : executionRate([{ kind: 'rendered' }]);
    },
  },
  countOf('code-length', 'characters of code', codeFiles, codeLength),
  countOf('element-count', 'elements of SVG or HTML', ['svg', 'html'], elementCount),
];

function countOf(
  name: string,
  summary: string,
  files: readonly string[],
  count: (code: string) => Score,
): PairMetric {
  return {
    name,
    summary,
    candidate: files,
    reference: files,
    async score(candidate, reference) {
      const [own, other] = [count(await candidate.text()), count(await reference.text())];
      return {
        value: own.value,
        parts: { ...own.parts, reference: other.value },
        explanation: `${own.explanation} The reference: ${other.explanation}`,
      };
    },
  };
}
