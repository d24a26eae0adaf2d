import { componentsOf } from '../components.ts';
import type { Rgb } from '../ground.ts';
import type { Pixels } from '../pixels.ts';
import { type Known, type Local, localsFinder, type Mixtures } from './edges.ts';
import { mixtureOf } from './mixture.ts';
import { near, type Surface } from './surfaces.ts';

/** More colours than this are no icon's: further thin strokes take the nearest known colour. */
const MOST_SURFACES = 160;
/** Strokes in more places than this are the texture of a photo. */
const MOST_PLACES = 4000;
/** Share of a place's pixels that a known colour must explain to be taken for its own. */
const PALER = 0.85;
/** Levels within which the colours around the most extreme pixel count as the same colour. */
const SAME_PEAK = 3;
/** A single pixel must stand out by this many levels to count as drawn. */
const LONE = 40;

/**
 * Finds what is too thin to have calm pixels: places that no mixture of the surfaces around them explains.
 * The most extreme colour there is taken for the stroke's own, or for a known one where that explains the
 * place as well. Writes seeds into `known` and new colours into `surfaces`; returns whether it found any.
 */
export function seedThin(
  pixels: Pixels,
  known: Known,
  surfaces: Surface[],
  { residual }: Mixtures,
  tolerance: number,
): boolean {
  const { data } = pixels;
  const colourAt = (i: number): Rgb => [data[i * 3] ?? 0, data[i * 3 + 1] ?? 0, data[i * 3 + 2] ?? 0];
  const mask = Uint8Array.from(residual, (value) => (value > tolerance ? 1 : 0));
  const { labels, components } = componentsOf(mask, pixels);
  if (components.length === 0 || components.length > MOST_PLACES) return false;
  const members = components.map((): number[] => []);
  for (let i = 0; i < labels.length; i++) if (labels[i]) members[(labels[i] ?? 0) - 1]?.push(i);
  const localsAt = localsFinder(pixels, known, surfaces);
  const seeds: (readonly [number, number])[] = [];
  for (const place of members) {
    const peak = place.reduce(
      (max, i) => ((residual[i] ?? 0) > (residual[max] ?? 0) ? i : max),
      place[0] ?? 0,
    );
    const extreme = residual[peak] ?? 0;
    if (place.length < 2 && extreme < LONE) continue;
    const around = place.map((i) => ({ pixel: i, colour: colourAt(i), locals: localsAt(i) }));
    const colour = typical(
      around.map((one) => one.colour).filter((one) => near(one, colourAt(peak), SAME_PEAK)),
    );
    const surface = surfaceFor(colour, around, surfaces, tolerance);
    const own = surfaces[surface]?.colour ?? colour;
    for (const { pixel, colour: seen, locals } of around) {
      const shares = locals.map((local) => mixtureOf(seen, own, local.colour));
      const best = shares.reduce((a, b) => (b.residual < a.residual ? b : a), mixtureOf(seen, own, own));
      if (best.share > 0.5 && best.residual <= tolerance * 1.5) seeds.push([pixel, surface]);
    }
  }
  for (const [pixel, surface] of seeds) known.owner[pixel] = surface;
  return seeds.length > 0;
}

interface Around {
  readonly pixel: number;
  readonly colour: Rgb;
  readonly locals: readonly Local[];
}

/** A known surface of (nearly) this colour, or one of which the place is a paler mixture; else a new one. */
function surfaceFor(colour: Rgb, around: readonly Around[], surfaces: Surface[], tolerance: number): number {
  const alike = surfaces.findIndex((one) => one.flat && near(one.colour, colour, tolerance));
  if (alike >= 0) return alike;
  const paler = surfaces.findIndex((one) => {
    if (!one.flat) return false;
    const explained = around.filter(({ colour: seen, locals }) =>
      locals.some((local) => mixtureOf(seen, one.colour, local.colour).residual <= tolerance),
    );
    return explained.length >= PALER * around.length;
  });
  if (paler >= 0) return paler;
  if (surfaces.length < MOST_SURFACES) return surfaces.push({ colour, flat: true, area: 0 }) - 1;
  const distance = ({ colour: other }: Surface) =>
    Math.hypot(...other.map((value, k) => value - (colour[k] ?? 0)));
  return surfaces.reduce(
    (best, one, index) => (distance(one) < distance(surfaces[best] ?? one) ? index : best),
    0,
  );
}

function typical(colours: readonly Rgb[]): Rgb {
  const median = (channel: 0 | 1 | 2) =>
    colours.map((colour) => colour[channel]).sort((a, b) => a - b)[colours.length >> 1] ?? 0;
  return [median(0), median(1), median(2)];
}
