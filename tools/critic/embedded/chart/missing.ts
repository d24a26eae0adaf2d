import type { Discrepancy } from '../../../../core/discrepancy.ts';
import { dataOf, valueAt } from '../../../chart/data.ts';
import type { Chart } from '../../../chart/model.ts';
import { finding, plotArea, say } from './finding.ts';
import { areaOf, nameOf, pointArea } from './series.ts';

/** As many values of a series are told one by one as where two charts are compared. */
const MOST = 4;

/**
 * All that the plot of a chart shows, as missing: where a copy shows no such plot, its values cannot be compared one
 * by one, and yet it must never count as nearer than a copy whose values are all wrong.
 */
export function missingData(a: Chart): Discrepancy[] {
  if (a.plot.kind === 'pie') {
    return a.plot.wedges.map(({ label, share }, i) =>
      finding(
        a,
        plotArea(a),
        'data_error',
        3,
        label?.text ? `wedge "${label.text}"` : `wedge ${i + 1}`,
        `A wedge of ${(100 * share).toFixed(1)}% is missing.`,
      ),
    );
  }
  const { frame, x, y, plot } = a;
  const data = dataOf(a);
  const across = plot.kind === 'bars' && plot.orientation === 'horizontal' ? x : y;
  const [from, to] = across === x ? [frame?.left, frame?.right] : [frame?.bottom, frame?.top];
  const extent = across ? Math.abs(valueAt(across, to ?? 1) - valueAt(across, from ?? 0)) || 1 : 1;
  return data.series.flatMap((one, index) => {
    const name = nameOf(one, index);
    const values = one.values.slice(0, MOST).map((value, k) => {
      const place = data.categories[one.xs[k] ?? k] ?? String(k + 1);
      return finding(
        a,
        pointArea(a, index, k),
        'data_error',
        3,
        `${name} at ${place}`,
        `The value at ${place} is missing, it should be ${say(value, extent)}.`,
      );
    });
    const whole = `The ${name} of ${one.values.length} values is missing.`;
    return [finding(a, areaOf(a, index), 'structure_error', 3, name, whole), ...values];
  });
}

/** Every text of a chart, as missing. */
export function missingTexts(a: Chart): Discrepancy[] {
  const texts = [
    ...a.title.map((piece) => ['title', piece] as const),
    ...(a.x?.label ? [['x axis label', a.x.label] as const] : []),
    ...(a.y?.label ? [['y axis label', a.y.label] as const] : []),
  ];
  return texts.map(([name, { area, text }]) =>
    finding(a, area, 'text_error', 2, name, `The ${name} is missing: it should read "${text}".`),
  );
}
