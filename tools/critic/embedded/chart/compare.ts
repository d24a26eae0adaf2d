import type { Discrepancy } from '../../../../core/discrepancy.ts';
import type { Picture } from '../../../../core/picture.ts';
import type { Chart, ChartReading, Unreadable } from '../../../chart/model.ts';
import { textReader } from '../../../chart/ocr.ts';
import { lumaOf, readChart } from '../../../chart/read.ts';
import { type Pixels, pixelsOf } from '../../../image/pixels.ts';
import type { Ocr } from '../../../ocr/ocr.ts';
import { chartResidual } from '../chart-residual.ts';
import { differences } from './alike.ts';
import { finding, type Side } from './finding.ts';
import { leftovers } from './leftover.ts';
import { missingData, missingTexts } from './missing.ts';
import { compareSeries } from './series.ts';
import { strokeFindings } from './stroke-findings.ts';
import { compareStructure, compareStyle } from './style.ts';
import { compareTexts } from './texts.ts';

export interface ChartFindings {
  readonly kind: 'findings';
  readonly discrepancies: Discrepancy[];
  /** Share of the reference's ink that differs, 0 to 1; no reading goes into it. */
  readonly residual: number;
}

/** Compares two pictures of charts by reading both; unreadable where the reference cannot be read. */
export async function compareCharts(
  reference: Picture,
  candidate: Picture,
  ocr: Ocr,
  signal?: AbortSignal,
): Promise<ChartFindings | Unreadable> {
  const [wanted, got] = await Promise.all([
    readChart(reference, ocr, signal),
    // An enlarged copy is read at the reference's size, where its blur is gone.
    readChart(candidate, ocr, signal, reference.width * reference.height),
  ]);
  if (wanted.kind === 'unreadable') return wanted;
  const a = wanted.chart;
  const pixels = await pixelsOf(reference, a);
  const compare = chartResidual(pixels);
  const { share } = await compare(await pixelsOf(candidate, a));
  const found = await differencesOf(a, pixels, got, candidate, ocr, signal);
  // A reading can go wrong in one of two pictures that look the same; no pixel bears it out then.
  const differs = found.length > 0 ? await differences(reference, candidate) : undefined;
  const borne = found.filter(({ box }) => !differs || !box || differs(box));
  const looks =
    got.kind === 'chart'
      ? strokeFindings(pixels, await pixelsOf(candidate, got.chart), a, got.chart, borne)
      : [];
  const discrepancies = [...borne, ...looks];
  discrepancies.sort((x, y) => y.severity - x.severity);
  return { kind: 'findings', discrepancies, residual: Number(share.toFixed(5)) };
}

async function differencesOf(
  a: Chart,
  pixels: Pixels,
  got: ChartReading,
  candidate: Picture,
  ocr: Ocr,
  signal?: AbortSignal,
): Promise<Discrepancy[]> {
  if (got.kind === 'unreadable') {
    const whole = { left: 0, top: 0, right: a.width, bottom: a.height };
    return [
      finding(
        a,
        whole,
        'structure_error',
        3,
        'whole picture',
        `The copy cannot be read as a plain chart, as the reference can: ${got.reason}.`,
      ),
      ...missingData(a),
      ...missingTexts(a),
    ];
  }
  const b = got.chart;
  const other = await pixelsOf(candidate, b);
  const structure = compareStructure(a, b);
  const texts = await compareTexts(side(a, pixels, ocr, signal), side(b, other, ocr, signal));
  // Another kind of plot has no values to compare one by one.
  if (structure.some(({ location }) => location === 'plot'))
    return [...structure, ...missingData(a), ...texts];
  const found = [...structure, ...texts, ...compareSeries(a, b), ...compareStyle(a, b)];
  const sameScale = !found.some(
    ({ category, location }) => category === 'data_error' && location.endsWith('axis'),
  );
  return sameScale ? [...found, ...(await leftovers(pixels, other, a, b, found))] : found;
}

/** Sizes at which a text that seems to differ is read once more. */
const ZOOMS = [0.7, 1.4];

function side(chart: Chart, pixels: Pixels, ocr: Ocr, signal?: AbortSignal): Side {
  const luma = lumaOf(pixels);
  const reader = textReader(pixels, luma, 255, ocr, signal);
  return {
    chart,
    again: (area, rotation) =>
      Promise.all(ZOOMS.map(async (zoom) => (await reader.read(area, rotation === 90 ? 90 : 0, zoom)).text)),
  };
}
