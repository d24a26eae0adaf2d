import type { Discrepancy } from '../../../../core/discrepancy.ts';
import type { Chart } from '../../../chart/model.ts';
import { distance } from '../../../chart/palette.ts';
import { colourWords } from '../words.ts';
import { finding, plotArea, RECOLOURED, SAME } from './finding.ts';

/** Wedges of two pies, in order: their number, shares, colours and percentages. */
export function comparePies(a: Chart, b: Chart): Discrepancy[] {
  if (a.plot.kind !== 'pie' || b.plot.kind !== 'pie') return [];
  const [wanted, got] = [a.plot.wedges, b.plot.wedges];
  const area = plotArea(a);
  if (wanted.length !== got.length) {
    return [
      finding(
        a,
        area,
        'structure_error',
        3,
        'pie',
        `The pie has ${got.length} wedges, it should have ${wanted.length}.`,
      ),
    ];
  }
  const found: Discrepancy[] = [];
  for (const [i, wedge] of wanted.entries()) {
    const other = got[i];
    if (!other) continue;
    const name = wedge.label?.text ? `wedge "${wedge.label.text}"` : `wedge ${i + 1}`;
    const away = Math.abs(wedge.share - other.share);
    if (away > SAME) {
      found.push(
        finding(
          a,
          area,
          'data_error',
          away > 0.1 ? 3 : away > 0.03 ? 2 : 1,
          name,
          `The ${name} has ${(100 * other.share).toFixed(1)}% of the pie, it should have ${(100 * wedge.share).toFixed(1)}%.`,
        ),
      );
    }
    if (distance(wedge.colour, other.colour) > RECOLOURED) {
      found.push(
        finding(
          a,
          area,
          'style_error',
          2,
          name,
          `The ${name} is ${colourWords(other.colour)}, it should be ${colourWords(wedge.colour)}.`,
        ),
      );
    }
    if ((wedge.percent === undefined) !== (other.percent === undefined)) {
      found.push(
        finding(
          a,
          wedge.percent?.area ?? area,
          'text_error',
          1,
          name,
          `The percentage on the ${name} is ${wedge.percent ? 'missing' : 'too many'}.`,
        ),
      );
    }
  }
  return found;
}
