import type { Discrepancy, Severity } from '../../../../core/discrepancy.ts';
import { namesOf } from '../../../chart/data.ts';
import type { Area, Axis, Chart, TextPiece } from '../../../chart/model.ts';
import { around } from '../../../chart/text-lines.ts';
import { finding, plotArea, type Side } from './finding.ts';

/** Titles, labels and the texts of axes and legend that differ. */
export async function compareTexts(reference: Side, candidate: Side): Promise<Discrepancy[]> {
  const [a, b] = [reference.chart, candidate.chart];
  const found: Discrepancy[] = [];
  const single: [string, TextPiece | undefined, TextPiece | undefined][] = [
    ['title', joined(a.title), joined(b.title)],
    ['x axis label', a.x?.label, b.x?.label],
    ['y axis label', a.y?.label, b.y?.label],
  ];
  for (const [name, wanted, got] of single)
    found.push(...(await compareOne(reference, candidate, name, wanted, got)));
  for (const name of ['x', 'y'] as const) found.push(...(await compareNames(reference, candidate, name)));
  if (a.plot.kind === 'pie' && b.plot.kind === 'pie' && a.plot.wedges.length === b.plot.wedges.length) {
    for (const [i, wedge] of a.plot.wedges.entries()) {
      const other = b.plot.wedges[i];
      found.push(
        ...(await compareOne(reference, candidate, `label of wedge ${i + 1}`, wedge.label, other?.label)),
      );
    }
  }
  return found;
}

function joined(lines: readonly TextPiece[]): TextPiece | undefined {
  const [first] = lines;
  const area = around(lines.map((line) => line.area));
  return first && area && { ...first, area, text: lines.map(({ text }) => text).join(' ') };
}

async function compareOne(
  reference: Side,
  candidate: Side,
  name: string,
  wanted: TextPiece | undefined,
  got: TextPiece | undefined,
): Promise<Discrepancy[]> {
  const { chart } = reference;
  const differs = (area: Area, severity: Severity, words: string) => [
    finding(chart, area, 'text_error', severity, name, words),
  ];
  if (!wanted) {
    return got ? differs(plotArea(chart), 1, `There is a ${name} too many: "${got.text}".`) : [];
  }
  if (!got) return differs(wanted.area, 2, `The ${name} is missing: it should read "${wanted.text}".`);
  if (!(await sameText(reference, candidate, wanted, got))) {
    const words = `The ${name} differs: it reads "${got.text}", it should read "${wanted.text}".`;
    return differs(wanted.area, 2, words);
  }
  if (!looksOther(reference, candidate, wanted, got)) return [];
  const words = `The ${name} does not look like "${wanted.text}" in the reference: it has another length.`;
  return differs(wanted.area, 2, words);
}

/** Two texts are the same when some reading of one, at one of several sizes, equals some reading of the other. */
export async function sameText(
  reference: Side,
  candidate: Side,
  wanted: TextPiece,
  got: TextPiece,
): Promise<boolean> {
  if (plain(wanted.text) === plain(got.text)) return true;
  const [a, b] = await Promise.all([
    reference.again(wanted.area, wanted.rotation),
    candidate.again(got.area, got.rotation),
  ]);
  const left = new Set([wanted.text, ...a].map(plain));
  return [got.text, ...b].some((text) => left.has(plain(text)));
}

/** Fonts draw one word at lengths that differ by less than this factor, and by less than this many em. */
const LENGTH = { factor: 1.6, em: 0.6 } as const;

/**
 * Two texts that read alike have lengths that no change of font explains: a mistake that both readings share
 * would else cancel itself.
 */
function looksOther(a: Side, b: Side, wanted: TextPiece, got: TextPiece): boolean {
  if (wanted.rotation !== got.rotation || wanted.rotation === 45) return false;
  const length = ({ area, rotation }: TextPiece, { em }: Chart) =>
    (rotation === 90 ? area.bottom - area.top : area.right - area.left) / em;
  const [one, other] = [length(wanted, a.chart), length(got, b.chart)];
  const [short, long] = [Math.min(one, other), Math.max(one, other)];
  return long > LENGTH.factor * short && long - short > LENGTH.em;
}

/** Letters that OCR takes for each other count as one; blanks do not count. */
export function plain(text: string): string {
  return text
    .replace(/[\s.,'`"_-]/g, '')
    .replace(/[|lI1!]/g, 'l')
    .replace(/[O0oQ]/g, 'o')
    .replace(/[S5]/g, 's')
    .replace(/[Vv]/g, 'v')
    .replace(/[Ww]/g, 'w')
    .replace(/[Cc]/g, 'c')
    .replace(/[Zz2]/g, 'z')
    .replace(/[Xx]/g, 'x');
}

/** Names of categories, in order: changed, missing or too many. */
async function compareNames(reference: Side, candidate: Side, name: 'x' | 'y'): Promise<Discrepancy[]> {
  const [a, b] = [reference.chart[name], candidate.chart[name]];
  if (!a || !b) return [];
  const { chart } = reference;
  const location = `${name} axis`;
  const area = labelsArea(a, chart);
  if (a.kind === 'number' && b.kind === 'number') {
    return [
      ...compareNumbers(chart, a, b, area, location),
      ...compareLooks(reference, candidate, a, b, location),
    ];
  }
  if (a.kind !== b.kind) {
    const says = (axis: Axis) => axis.ticks.map(({ label }) => label?.text ?? '').join(', ');
    return [
      finding(
        chart,
        area,
        'text_error',
        2,
        location,
        `The tick labels differ: there are ${says(b)}; there should be ${says(a)}.`,
      ),
    ];
  }
  const [wanted, got] = [namesOf(a), namesOf(b)];
  if (wanted.length !== got.length) {
    const missing = wanted.filter((text) => !got.some((other) => plain(other) === plain(text)));
    const extra = got.filter((text) => !wanted.some((other) => plain(other) === plain(text)));
    const words = missing.length > 0 ? `missing: ${missing.join(', ')}` : `too many: ${extra.join(', ')}`;
    return [
      finding(
        chart,
        area,
        'structure_error',
        3,
        location,
        `There are ${got.length} categories instead of ${wanted.length} (${words}).`,
      ),
    ];
  }
  const found: Discrepancy[] = [];
  const order = (axis: Axis) => (axis.scale < 0 ? [...axis.ticks].reverse() : axis.ticks);
  const [ticksA, ticksB] = [order(a), order(b)];
  for (const [i, tick] of ticksA.entries()) {
    found.push(
      ...(await compareOne(
        reference,
        candidate,
        `tick label "${tick.label?.text ?? ''}" of the ${name} axis`,
        tick.label,
        ticksB[i]?.label,
      )),
    );
  }
  return found;
}

function labelsArea(axis: Axis, chart: Chart): Area {
  return around(axis.ticks.flatMap(({ label }) => (label ? [label.area] : []))) ?? plotArea(chart);
}

/** Tick labels that were read as the same number and look otherwise. */
function compareLooks(reference: Side, candidate: Side, a: Axis, b: Axis, location: string): Discrepancy[] {
  const other = a.ticks.filter((tick, i) => {
    const same = b.ticks[b.values.indexOf(a.values[i] ?? Number.NaN)];
    return tick.label && same?.label && looksOther(reference, candidate, tick.label, same.label);
  });
  const area = around(other.flatMap(({ label }) => (label ? [label.area] : [])));
  if (!area || 2 * other.length < a.ticks.length) return [];
  return [
    finding(
      reference.chart,
      area,
      'text_error',
      2,
      location,
      'The tick labels read alike, but do not look as in the reference: they have other lengths.',
    ),
  ];
}

/** Ticks at other numbers. */
function compareNumbers(chart: Chart, a: Axis, b: Axis, area: Area, location: string): Discrepancy[] {
  const extent = Math.abs((a.values.at(-1) ?? 1) - (a.values[0] ?? 0)) || 1;
  const has = (values: readonly number[], value: number) =>
    values.some((other) => Math.abs(other - value) < 0.01 * extent);
  const missing = a.values.filter((value) => !has(b.values, value));
  const extra = b.values.filter((value) => !has(a.values, value));
  if (missing.length === 0 && extra.length === 0) return [];
  const words = [
    missing.length > 0 ? `missing: ${missing.join(', ')}` : '',
    extra.length > 0 ? `too many: ${extra.join(', ')}` : '',
  ];
  return [
    finding(
      chart,
      area,
      'text_error',
      1,
      location,
      `The ticks stand at other numbers (${words.filter(Boolean).join('; ')}).`,
    ),
  ];
}
