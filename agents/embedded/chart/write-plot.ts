import type { ChartData } from '../../../tools/chart/data.ts';
import { emOfText, pointsOf } from '../../../tools/chart/font.ts';
import { nominalOf } from '../../../tools/chart/marker-cover.ts';
import type { Edge, Plot } from '../../../tools/chart/model.ts';
import { percentsOf } from '../../../tools/chart/pie.ts';
import { median } from '../../../tools/chart/polyline.ts';
import { hexOf } from '../../../tools/critic/embedded/words.ts';
import type { Rgb } from '../../../tools/image/ground.ts';
import { num, numbers, str, strings } from './python.ts';

/** Statements that define the data, and those that draw it. */
export interface PlotCode {
  readonly head: string[];
  readonly body: string[];
}

type Of<Kind extends Plot['kind']> = Extract<Plot, { kind: Kind }>;

function edgeCode(edge: Edge | undefined, dpi: number): string {
  if (!edge) return '';
  const width = Math.round(((edge.thickness * 72) / dpi) * 2) / 2;
  return `, edgecolor="${hexOf(edge.colour) === '#000000' ? 'black' : hexOf(edge.colour)}"${width === 1 || edge.thickness < 2 ? '' : `, linewidth=${num(width)}`}`;
}

export function drawBars(
  plot: Of<'bars'>,
  { series, barWidth, categories, edges: _ }: ChartData,
  dpi: number,
): PlotCode {
  const across = plot.orientation === 'horizontal';
  const call = across ? 'ax.barh' : 'ax.bar';
  const extent = across ? 'height' : 'width';
  const foot = across ? 'left' : 'bottom';
  const edge = edgeCode(plot.edge, dpi);
  const written = labelCode(plot, dpi);
  const start = written ? `bars = ${call}` : call;
  const named = categories.length > 0;
  const [only] = series;
  const places = named ? `categories = ${strings(categories)}` : `places = ${numbers(only?.xs ?? [])}`;
  const at = named ? 'categories' : 'places';
  const size = barWidth === 0.8 ? '' : `, ${extent}=${num(barWidth)}`;
  if (plot.arrangement === 'single' && only) {
    const own = only.colours.length > 0;
    const colours = own ? [`colors = ${strings(only.colours.map(hexOf))}`] : [];
    const colour = own ? 'color=colors' : `color="${hexOf(only.colour)}"`;
    const label = only.name ? `, label=${str(only.name)}` : '';
    return {
      head: [places, `values = ${numbers(only.values)}`, ...colours],
      body: [`${start}(${at}, values, ${colour}${size}${edge}${label})`, ...(written ? [written] : [])],
    };
  }
  const rows = series.map(
    ({ name, values }, i) => `    ${str(name || `Series ${i + 1}`)}: ${numbers(values)},`,
  );
  const colours = `colors = ${strings(series.map(({ colour }) => hexOf(colour)))}`;
  const label = series.some(({ name }) => name) ? ', label=name' : '';
  const head = [places, 'data = {', ...rows, '}', colours];
  if (plot.arrangement === 'stacked') {
    return {
      head,
      body: [
        `${foot} = np.zeros(${named ? 'len(categories)' : 'len(places)'})`,
        'for (name, values), color in zip(data.items(), colors):',
        `    ${start}(${at}, values, ${foot}=${foot}, color=color${size}${edge}${label})`,
        ...(written ? [`    ${written}`] : []),
        `    ${foot} += values`,
      ],
    };
  }
  return {
    head,
    body: [
      ...(named ? ['places = np.arange(len(categories))'] : ['places = np.array(places)']),
      `offsets = ${numbers(series.map(({ offset }) => offset))}`,
      'for (name, values), color, offset in zip(data.items(), colors, offsets):',
      `    ${start}(places + offset, values, ${extent}=${num(barWidth)}, color=color${edge}${label})`,
      ...(written ? [`    ${written}`] : []),
    ],
  };
}

/** From a label's anchor to its digits, in ems: letters may reach below the line, and stand off their sides. */
const BELOW = 0.24;
const BESIDE = 0.07;

/** The numbers at the bars; '' where there are none. */
function labelCode({ labels, orientation }: Of<'bars'>, dpi: number): string {
  if (!labels) return '';
  const { place, pieces, decimals, prefix, suffix, thousands, gap, light } = labels;
  const em = median(pieces.map((piece) => emOfText(piece, 'DejaVu Sans', false)));
  const size = pointsOf(em, dpi);
  const padding = Math.round(((gap - (orientation === 'vertical' ? BELOW : BESIDE) * em) * 72) / dpi);
  const parts = [
    `fmt=${str(thousands ? `${prefix}{:,.${decimals}f}${suffix}` : `${prefix}%.${decimals}f${suffix.replace('%', '%%')}`)}`,
    ...(place === 'center' ? ['label_type="center"'] : padding === 0 ? [] : [`padding=${num(padding)}`]),
    ...(size === 10 ? [] : [`fontsize=${num(size)}`]),
    ...(light ? ['color="white"'] : []),
  ];
  return `ax.bar_label(bars, ${parts.join(', ')})`;
}

export function drawHistogram(plot: Of<'bars'>, { series, edges }: ChartData, dpi: number): PlotCode {
  const [only] = series;
  if (!only) return { head: [], body: [] };
  return {
    head: [`edges = ${numbers(edges)}`, `counts = ${numbers(only.values)}`],
    body: [
      `ax.hist(edges[:-1], bins=edges, weights=counts, color="${hexOf(only.colour)}"${edgeCode(plot.edge, dpi)})`,
    ],
  };
}

export function drawPoints(
  plot: Of<'lines'> | Of<'scatter'>,
  { series, categories }: ChartData,
  dpi: number,
): PlotCode {
  const [first] = series;
  const shared =
    first !== undefined && series.length > 1 && series.every(({ xs }) => xs.join() === first.xs.join());
  const words = (xs: readonly number[]) =>
    categories.length > 0 && xs.length === categories.length && xs.every((x, i) => x === i);
  const place = (xs: readonly number[]) => (words(xs) ? strings(categories) : numbers(xs));
  const head: string[] = shared ? [`x = ${place(first.xs)}`] : [];
  const body: string[] = [];
  for (const [i, own] of series.entries()) {
    const drawn = plot.series[i];
    if (!drawn) continue;
    const suffix = series.length > 1 ? `${i + 1}` : '';
    if (!shared) head.push(`x${suffix} = ${place(own.xs)}`);
    head.push(`y${suffix} = ${numbers(own.values)}`);
    const label = own.name ? `, label=${str(own.name)}` : '';
    const data = `${shared ? 'x' : `x${suffix}`}, y${suffix}, color="${hexOf(own.colour)}"`;
    body.push(
      plot.kind === 'scatter'
        ? `ax.scatter(${data}${dots(drawn.marker, dpi)}${label})`
        : `ax.plot(${data}${stroke(drawn, dpi)}${label})`,
    );
  }
  return { head, body };
}

type Drawn = Of<'lines'>['series'][number];

/** A scatter plot's dots: their area in square points; an outline of one point belongs to them. */
function dots(marker: Drawn['marker'], dpi: number): string {
  if (!marker) return '';
  const width = (marker.size * 72) / dpi;
  const size = Math.max(1, Math.round(nominalOf(marker.shape, width, 1) ** 2));
  const near = [10, 20, 25, 30, 36, 40, 50, 60, 64, 70, 80, 90, 100, 120, 150, 200].find(
    (usual) => Math.abs(Math.sqrt(usual) - Math.sqrt(size)) < 0.42,
  );
  return `${(near ?? size) === 36 ? '' : `, s=${near ?? size}`}${marker.shape === 'o' ? '' : `, marker="${marker.shape}"`}`;
}

function stroke({ line, marker }: Drawn, dpi: number): string {
  const parts: string[] = [];
  if (marker) {
    parts.push(`marker="${marker.shape}"`);
    // A marker's stroke is one point wide.
    const exact = nominalOf(marker.shape, (marker.size * 72) / dpi, 1);
    const points = Math.abs(exact - Math.round(exact)) < 0.4 ? Math.round(exact) : Math.round(exact * 2) / 2;
    if (points !== 6) parts.push(`markersize=${num(points)}`);
    if (marker.face) parts.push(`markerfacecolor="${faceName(marker.face)}"`);
  }
  if (line && line.dash !== '-') parts.push(`linestyle="${line.dash}"`);
  if (line) {
    const width = Math.round(((line.thickness * 72) / dpi) * 2) / 2;
    if (Math.abs((line.thickness * 72) / dpi - 1.5) > 0.3) parts.push(`linewidth=${num(width)}`);
  }
  return parts.map((part) => `, ${part}`).join('');
}

function faceName(face: Rgb | 'none'): string {
  if (face === 'none') return face;
  return Math.min(...face) > 250 ? 'white' : hexOf(face);
}

export function drawPie({ wedges, start, edge }: Of<'pie'>, radius: number): PlotCode {
  const percents = percentsOf(wedges);
  const decimals = Math.max(0, ...(percents ?? []).map((one) => one.decimals));
  // What is written on a wedge is taken where the wedge is as wide as it says.
  const values = wedges.map(({ share }, i) => {
    const said = percents?.[i]?.said;
    return said !== undefined && Math.abs(said - share * 100) < 0.7 ? said : Number((share * 100).toFixed(1));
  });
  const labels = wedges.map(({ label }) => label?.text ?? '');
  const named = labels.some(Boolean);
  const parts = [
    ...(named ? ['labels=labels'] : []),
    'colors=colors',
    ...(percents ? [`autopct="%1.${decimals}f%%"`] : []),
    ...(Math.round(start) === 0 ? [] : [`startangle=${num(Math.round(start))}`]),
    ...(radius === 1 ? [] : [`radius=${num(radius)}`]),
    ...(edge ? ['wedgeprops={"edgecolor": "white"}'] : []),
  ];
  return {
    head: [
      ...(named ? [`labels = ${strings(labels)}`] : []),
      `values = ${numbers(values)}`,
      `colors = ${strings(wedges.map(({ colour }) => hexOf(colour)))}`,
    ],
    body: [`ax.pie(values, ${parts.join(', ')})`],
  };
}
