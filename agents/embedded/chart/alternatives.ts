import { families } from '../../../tools/chart/font-measures.ts';
import type { Area, Dash, MarkerShape, Plot, PointSeries } from '../../../tools/chart/model.ts';
import { type Draft, type Judged, unlikeness } from './judge.ts';
import type { TextRole } from './write.ts';

/** One property of a draft that the pixels may have left open: where it shows, and other values for it. */
export interface Alternative {
  readonly area: Area;
  readonly drafts: (draft: Draft) => Draft[];
}

const shapes: readonly MarkerShape[] = ['o', 's', '^', 'v', 'D', '*', 'x', '+'];
const dashes: readonly Dash[] = ['-', '--', ':', '-.'];

/** A line less unlike than this looks as it should. */
const ALIKE = 0.1;

/** Fonts and weights of the texts, likeliest first. */
export function fontDrafts({ chart, choices }: Draft): Draft[] {
  return families
    .filter((family) => family !== choices.family)
    .map((family) => ({ chart, choices: { ...choices, family } }));
}

/** What can be tried at the places of a chart, from what is seen most. */
export function alternativesOf({ chart, looks }: Judged): Alternative[] {
  const { frame, plot, title, x, y, width, height } = chart;
  const whole: Area = { left: 0, top: 0, right: width, bottom: height };
  const inner = frame ?? whole;
  const found: Alternative[] = [{ area: whole, drafts: fontDrafts }];
  if (title[0])
    found.push({
      area: title[0].area,
      drafts: (draft) => [{ ...draft, choices: { ...draft.choices, boldTitle: !draft.choices.boldTitle } }],
    });
  if (frame) {
    found.push({
      area: whole,
      drafts: (draft) => [
        { ...draft, choices: { ...draft.choices, ownLimits: true } },
        { ...draft, choices: { ...draft.choices, ownTicks: true } },
      ],
    });
  }
  const sized: [TextRole, Area | undefined][] = [
    ['title', title[0]?.area],
    ['x', x?.label?.area],
    ['y', y?.label?.area],
    ['xticks', x?.ticks.find(({ label }) => label)?.label?.area],
    ['yticks', y?.ticks.find(({ label }) => label)?.label?.area],
    ['legend', chart.legend?.area],
  ];
  for (const [role, area] of sized) {
    if (area)
      found.push({
        area,
        drafts: (draft) =>
          [8, 9, 10, 11, 12, 13, 14, 16, 18].map((size) => ({
            ...draft,
            choices: { ...draft.choices, sizes: { ...draft.choices.sizes, [role]: size } },
          })),
      });
  }
  if (plot.kind === 'lines' || plot.kind === 'scatter') {
    for (const i of plot.series.keys()) {
      // What looks as it should is left alone: each series has some twenty drafts.
      if (looks[i] && unlikeness(looks[i]) < ALIKE) continue;
      found.push({ area: inner, drafts: (draft) => seriesDrafts(draft, i) });
    }
  }
  if (plot.kind === 'bars') {
    found.push({
      area: inner,
      drafts: (draft) => [
        withPlot(
          draft,
          plot.edge ? { ...plot, edge: undefined } : { ...plot, edge: { colour: [0, 0, 0], thickness: 1 } },
        ),
      ],
    });
  }
  if (chart.grid) {
    const { grid } = chart;
    found.push({
      area: inner,
      drafts: (draft) => [{ ...draft, chart: { ...draft.chart, grid: { ...grid, dashed: !grid.dashed } } }],
    });
  }
  return found;
}

function withPlot(draft: Draft, plot: Plot): Draft {
  return { ...draft, chart: { ...draft.chart, plot } };
}

/** Other markers, dashes and widths of one series. */
function seriesDrafts(draft: Draft, index: number): Draft[] {
  const { plot } = draft.chart;
  if (plot.kind !== 'lines' && plot.kind !== 'scatter') return [];
  const change = (edit: (one: PointSeries) => PointSeries): Draft => {
    const series = plot.series.map((one, i) => (i === index ? edit(one) : one));
    return withPlot(draft, { ...plot, series });
  };
  const own = plot.series[index];
  if (!own) return [];
  const { marker, line } = own;
  const size = marker?.size ?? draft.chart.em * 0.6;
  const drafts: Draft[] = shapes
    .filter((shape) => shape !== marker?.shape)
    .map((shape) => change((one) => ({ ...one, marker: { size, shape } })));
  if (marker)
    for (const factor of [0.8, 0.9, 1.1, 1.25])
      drafts.push(change((one) => ({ ...one, marker: { ...marker, size: marker.size * factor } })));
  if (line) {
    if (marker) drafts.push(change((one) => ({ ...one, marker: undefined })));
    for (const dash of dashes)
      if (dash !== line.dash) drafts.push(change((one) => ({ ...one, line: { ...line, dash } })));
    for (const factor of [0.67, 0.8, 1.25, 1.5])
      drafts.push(change((one) => ({ ...one, line: { ...line, thickness: line.thickness * factor } })));
  }
  return drafts;
}

/** Layouts of a chart whose legend could stand elsewhere are told apart by the critic's boxes. */
export function touches(area: Area, box: Area): boolean {
  return area.left < box.right && area.right > box.left && area.top < box.bottom && area.bottom > box.top;
}
