import type { Discrepancy } from '../../../../core/discrepancy.ts';
import { dataOf, valueAt } from '../../../chart/data.ts';
import type { Axis, Chart } from '../../../chart/model.ts';
import { distance } from '../../../chart/palette.ts';
import { finding, plotArea, say } from './finding.ts';

/** Kind of plot, legend and frame. */
export function compareStructure(a: Chart, b: Chart): Discrepancy[] {
  const area = plotArea(a);
  const [wanted, got] = [kindWords(a), kindWords(b)];
  const found: Discrepancy[] = [];
  if (wanted !== got)
    found.push(
      finding(a, area, 'structure_error', 3, 'plot', `The chart is ${got}, it should be ${wanted}.`),
    );
  if (a.legend && !b.legend)
    found.push(finding(a, a.legend.area, 'structure_error', 2, 'legend', 'The legend is missing.'));
  if (!a.legend && b.legend)
    found.push(finding(a, area, 'structure_error', 2, 'legend', 'There is a legend too many.'));
  return found;
}

export function kindWords({ plot }: Chart): string {
  if (plot.kind === 'pie') return 'a pie';
  if (plot.kind === 'lines') return 'a line plot';
  if (plot.kind === 'scatter') return 'a scatter plot';
  const across = plot.orientation === 'horizontal' ? 'horizontal ' : '';
  // One contiguous series is a histogram or bars without gaps: the same picture.
  const arrangement = plot.arrangement === 'histogram' ? 'single' : plot.arrangement;
  return `a plot of ${across}${arrangement} bars`;
}

/** Axis limits, grid, borders, edges, widths, dashes, markers and the legend's place. */
export function compareStyle(a: Chart, b: Chart): Discrepancy[] {
  const found: Discrepancy[] = [...compareLimits(a, b)];
  const area = plotArea(a);
  const style = (location: string, description: string, at = area) =>
    found.push(finding(a, at, 'style_error', 1, location, description));
  for (const name of ['x', 'y'] as const) {
    const [wanted, got] = [a.grid?.[name] ?? false, b.grid?.[name] ?? false];
    if (wanted !== got)
      style('grid', `Grid lines of the ${name} axis are ${wanted ? 'missing' : 'too many'}.`);
  }
  if (a.grid && b.grid && a.grid.dashed !== b.grid.dashed)
    style(
      'grid',
      `The grid is ${b.grid.dashed ? 'dashed' : 'solid'}, it should be ${a.grid.dashed ? 'dashed' : 'solid'}.`,
    );
  const [wanted, got] = [a.grid?.below, b.grid?.below];
  if (wanted !== undefined && got !== undefined && wanted !== got)
    style(
      'grid',
      `The grid lies ${got ? 'below' : 'above'} the bars, it should lie ${wanted ? 'below' : 'above'} them.`,
    );
  if (a.frame && b.frame) {
    for (const side of ['top', 'right'] as const) {
      if (a.frame.spines[side] !== b.frame.spines[side])
        style('frame', `The border line at the ${side} is ${a.frame.spines[side] ? 'missing' : 'too many'}.`);
    }
  }
  if (a.legend && b.legend) {
    const [from, to] = [centreIn(a.legend.area, a), centreIn(b.legend.area, b)];
    if (Math.hypot(from.x - to.x, from.y - to.y) > 0.12)
      style('legend', 'The legend stands at another place.', a.legend.area);
  }
  if (a.plot.kind === 'bars' && b.plot.kind === 'bars') {
    const [edge, other] = [a.plot.edge, b.plot.edge];
    if ((edge === undefined) !== (other === undefined))
      style('bars', `The bars' outlines are ${edge ? 'missing' : 'too many'}.`);
    else if (edge && other && distance(edge.colour, other.colour) > 70)
      style('bars', "The bars' outlines have another colour.");
    const [width, now] = [dataOf(a).barWidth, dataOf(b).barWidth];
    if (width > 0 && now > 0 && Math.abs(width - now) > 0.14 * width)
      style('bars', `The bars are ${now} wide, they should be ${width} wide (in units of the axis).`);
  }
  if (a.plot.kind === 'pie' && b.plot.kind === 'pie') {
    const turn = Math.abs(((a.plot.start - b.plot.start + 540) % 360) - 180);
    if (turn > 6)
      style(
        'pie',
        `The pie begins at ${Math.round(b.plot.start)} degrees, it should begin at ${Math.round(a.plot.start)}.`,
      );
  }
  found.push(...compareStrokes(a, b));
  return found;
}

function compareLimits(a: Chart, b: Chart): Discrepancy[] {
  if (!a.frame || !b.frame || a.plot.kind !== b.plot.kind) return [];
  const found: Discrepancy[] = [];
  for (const name of ['x', 'y'] as const) {
    const [wanted, got] = [a[name], b[name]];
    if (!wanted || !got || wanted.kind !== 'number' || got.kind !== 'number') continue;
    const ends = (axis: Axis, { frame }: Chart) => {
      const [from, to] =
        name === 'x' ? [frame?.left ?? 0, frame?.right ?? 1] : [frame?.bottom ?? 1, frame?.top ?? 0];
      return [valueAt(axis, from), valueAt(axis, to)] as const;
    };
    const [[low, high], [low2, high2]] = [ends(wanted, a), ends(got, b)];
    const extent = Math.abs(high - low);
    if (Math.max(Math.abs(low - low2), Math.abs(high - high2)) < 0.025 * extent) continue;
    found.push(
      finding(
        a,
        plotArea(a),
        'data_error',
        1,
        `${name} axis`,
        `The ${name} axis reaches from ${say(low2, extent)} to ${say(high2, extent)}, it should reach from ${say(low, extent)} to ${say(high, extent)}.`,
      ),
    );
  }
  return found;
}

/** Dashes, markers and widths of lines and dots, series by series in their order. */
function compareStrokes(a: Chart, b: Chart): Discrepancy[] {
  const [p, q] = [a.plot, b.plot];
  if ((p.kind !== 'lines' && p.kind !== 'scatter') || p.kind !== q.kind) return [];
  const found: Discrepancy[] = [];
  for (const [i, wanted] of p.series.entries()) {
    const got =
      q.series.find(
        ({ name, colour }) => (name !== '' && name === wanted.name) || distance(colour, wanted.colour) < 36,
      ) ?? q.series[i];
    if (!got) continue;
    const name = wanted.name ? `series "${wanted.name}"` : `series ${i + 1}`;
    const style = (description: string) =>
      found.push(finding(a, plotArea(a), 'style_error', 1, name, description));
    if (wanted.line && got.line) {
      if (wanted.line.dash !== got.line.dash)
        style(`The line is drawn "${got.line.dash}", it should be "${wanted.line.dash}".`);
      const [thick, now] = [wanted.line.thickness / a.width, got.line.thickness / b.width];
      const ratio = Math.max(thick / now, now / thick);
      if (ratio > 1.4)
        style(
          `The line is ${now > thick ? 'thicker' : 'thinner'} than it should be, ${ratio.toFixed(1)} times.`,
        );
    }
    if ((wanted.marker === undefined) !== (got.marker === undefined))
      style(`The markers are ${wanted.marker ? 'missing' : 'too many'}.`);
    else if (wanted.marker && got.marker) {
      if (wanted.marker.shape !== got.marker.shape)
        style(`The markers are "${got.marker.shape}", they should be "${wanted.marker.shape}".`);
      const [size, now] = [wanted.marker.size / a.width, got.marker.size / b.width];
      if (Math.max(size / now, now / size) > 1.45)
        style(`The markers are ${now > size ? 'larger' : 'smaller'} than they should be.`);
    }
  }
  return found;
}

function centreIn(
  { left, top, right, bottom }: { left: number; top: number; right: number; bottom: number },
  chart: Chart,
): { x: number; y: number } {
  const area = plotArea(chart);
  return {
    x: ((left + right) / 2 - area.left) / (area.right - area.left),
    y: ((top + bottom) / 2 - area.top) / (area.bottom - area.top),
  };
}
