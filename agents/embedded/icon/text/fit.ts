import type { Renderer } from '../../../../core/render.ts';
import type { Field } from '../trace/field.ts';
import { type Box, boxOf } from './box.ts';
import { type Family, families } from './families.ts';
import { inksOf, type Sample } from './sheet.ts';

/** A text in a font and at a place. */
export interface Fit {
  readonly text: string;
  readonly family: Family;
  /** Of its ink in ems, from where the baseline starts. */
  readonly box: Box;
  readonly size: number;
  /** Of its ink, in pixels of the field: middle and lower end. */
  readonly centre: number;
  readonly bottom: number;
  /** Root of the squared differences of ink over the squared ink: 0 is the same, 1 as far off as nothing at all. */
  readonly miss: number;
}

/** Size that fonts are measured at, and the margin around text in a measuring tile. */
const [EM, EDGE] = [32, 16];
/** Height and width of the ink may tell sizes that differ by this factor. */
const STRETCH = 1.25;
/** Height of the ink at which fonts are told apart, in pixels. */
const SMALL = 28;
/** Fonts that are fitted closely. */
const CLOSEST = 3;
const ROUNDS = 14;
/** Steps of size (a share) and of place (pixels) to begin with; they are halved where none helps. */
const STEP = { size: 0.03, place: 0.6 } as const;
const FINEST = 0.12;
/** A reading that the reader likes less must lie nearer by this factor, and at least this much. */
const NEARER = { factor: 1.2, least: 0.02 } as const;

/** Measures how far samples, drawn in a field's own tile, are from its ink. */
export async function missesOf(
  ink: Field,
  samples: readonly Sample[],
  renderer: Renderer,
  signal?: AbortSignal,
): Promise<number[]> {
  const tile = { width: ink.columns, height: ink.rows };
  return (await inksOf(samples, tile, renderer, signal)).map((drawn) => {
    let [apart, all] = [0, 0];
    for (const [i, value] of ink.values.entries()) {
      apart += (value - (drawn[i] ?? 0)) ** 2;
      all += value ** 2;
    }
    return Math.sqrt(apart / Math.max(1, all));
  });
}

/** The font, size and place in which one of some texts, the likeliest first, covers ink best. */
export async function fitText(
  ink: Field,
  texts: readonly string[],
  renderer: Renderer,
  signal?: AbortSignal,
): Promise<Fit | undefined> {
  const wanted = boxOf(ink.values, ink.columns);
  if (!wanted) return undefined;
  // Fonts are told apart as well in small, and much sooner; the place is then found in full size.
  const shrink = Math.max(1, Math.floor(wanted.height / SMALL));
  const small = shrunk(ink, shrink);
  const starts = (await measured(texts, renderer, signal)).flatMap(({ text, family, box }): Fit[] => {
    const [across, down] = [wanted.width / box.width, wanted.height / box.height];
    if (Math.max(across / down, down / across) > STRETCH) return [];
    const size = wanted.width > wanted.height ? across : down;
    const place = { centre: wanted.left + wanted.width / 2, bottom: wanted.top + wanted.height };
    return [{ text, family, box, size, ...place, miss: Infinity }];
  });
  const first = await judgedOn(
    small,
    starts.map((one) => scaled(one, 1 / shrink)),
    renderer,
    signal,
  );
  const closest = await settled(small, first.sort(byMiss).slice(0, CLOSEST), renderer, signal);
  const least = Math.min(...closest.map(({ miss }) => miss));
  const liked = texts.flatMap((text) => closest.sort(byMiss).find((one) => one.text === text) ?? []);
  const chosen = liked.find(({ miss }) => miss <= Math.max(NEARER.factor * least, least + NEARER.least));
  if (!chosen || shrink === 1) return chosen;
  const [fine] = await settled(
    ink,
    await judgedOn(ink, [scaled(chosen, shrink)], renderer, signal),
    renderer,
    signal,
  );
  return fine;
}

async function judgedOn(
  ink: Field,
  fits: readonly Fit[],
  renderer: Renderer,
  signal?: AbortSignal,
): Promise<Fit[]> {
  const misses = await missesOf(ink, fits.map(sampleOf), renderer, signal);
  return fits.map((one, i) => ({ ...one, miss: misses[i] ?? Infinity }));
}

/** Moves and resizes each fit while it comes nearer to the ink. */
async function settled(
  ink: Field,
  fits: readonly Fit[],
  renderer: Renderer,
  signal?: AbortSignal,
): Promise<Fit[]> {
  let current = [...fits];
  let step = 1;
  for (let round = 0; round < ROUNDS && step > FINEST; round++) {
    const moved = await judgedOn(
      ink,
      current.flatMap((one) => neighboursOf(one, step)),
      renderer,
      signal,
    );
    const next = current.map((one, i) =>
      moved
        .slice(i * NEIGHBOURS, (i + 1) * NEIGHBOURS)
        .reduce((best, other) => (other.miss < best.miss ? other : best), one),
    );
    if (next.every((one, i) => one === current[i])) step /= 2;
    current = next;
  }
  return current;
}

function scaled(one: Fit, by: number): Fit {
  return { ...one, size: one.size * by, centre: one.centre * by, bottom: one.bottom * by };
}

/** Ink at a whole fraction of its size; what is left over at its right and lower end is white. */
function shrunk({ columns, rows, values, left, top }: Field, by: number): Field {
  const [across, down] = [Math.ceil(columns / by), Math.ceil(rows / by)];
  const sums = new Float32Array(across * down);
  for (const [i, value] of values.entries()) {
    const cell = Math.floor(Math.floor(i / columns) / by) * across + Math.floor((i % columns) / by);
    sums[cell] = (sums[cell] ?? 0) + value / by ** 2;
  }
  return { left, top, columns: across, rows: down, values: sums };
}

function byMiss(a: Fit, b: Fit): number {
  return a.miss - b.miss;
}

export function sampleOf({ text, family, box, size, centre, bottom }: Fit): Sample {
  const x = centre - (box.left + box.width / 2) * size;
  const y = bottom - (box.top + box.height) * size;
  const n = (value: number) => Number(value.toFixed(3));
  return { text, family, size: n(size), x: n(x), y: n(y) };
}

const NEIGHBOURS = 6;

function neighboursOf(one: Fit, step: number): Fit[] {
  return [step, -step].flatMap((by) => [
    { ...one, size: one.size * (1 + by * STEP.size) },
    { ...one, centre: one.centre + by * STEP.place },
    { ...one, bottom: one.bottom + by * STEP.place },
  ]);
}

async function measured(texts: readonly string[], renderer: Renderer, signal?: AbortSignal) {
  const longest = Math.max(0, ...texts.map((text) => text.length));
  const tile = { width: Math.ceil(2 * EDGE + 1.1 * EM * longest), height: 2 * EM };
  const samples = texts.flatMap((text) =>
    families.map((family): Sample => ({ text, family, size: EM, x: EDGE, y: 1.4 * EM })),
  );
  const inks = await inksOf(samples, tile, renderer, signal);
  return samples.flatMap(({ text, family, x, y }, i) => {
    const found = boxOf(inks[i] ?? new Float32Array(), tile.width);
    if (!found) return [];
    const { left, top, width, height } = found;
    const box = { left: (left - x) / EM, top: (top - y) / EM, width: width / EM, height: height / EM };
    return [{ text, family, box }];
  });
}
