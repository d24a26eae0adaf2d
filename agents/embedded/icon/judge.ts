import { severitySumOf } from '../../../core/critique.ts';
import type { Discrepancy } from '../../../core/discrepancy.ts';
import type { Renderer } from '../../../core/render.ts';
import { iconComparer, residualOf } from '../../../tools/critic/embedded/icon.ts';
import { type Pixels, pixelsOf } from '../../../tools/image/pixels.ts';
import type { Segmentation } from '../../../tools/image/segment/segment.ts';
import { elementCount } from './document.ts';

/** What an icon's code may weigh: a pixel-exact tracing would win every pixel score and be of no use. */
export interface Budget {
  readonly bytes: number;
  readonly elements: number;
}

export const iconBudget: Budget = { bytes: 4096, elements: 40 };

/** A draft with what the critic holds against it. */
export interface Judged {
  readonly code: string;
  /** Severity sum of the critic, plus what the code weighs over the budget. */
  readonly severity: number;
  /** Continuous difference of the pictures, 0 to 1. */
  readonly residual: number;
  /** The residual, plus a little for each kilobyte and element, so that of equals the simpler wins. */
  readonly price: number;
  readonly discrepancies: readonly Discrepancy[];
}

/**
 * Renders and judges code against one reference; undefined when the code does not render, or when its residual is
 * above `most`: the critic's time is not spent on it then.
 */
export type Judge = (code: string, most?: number) => Promise<Judged | undefined>;

export interface JudgeParts {
  readonly renderer: Renderer;
  readonly reference: Pixels;
  /** The reference taken apart; left out for pictures that are no drawing. */
  readonly segmentation?: Segmentation;
  readonly budget: Budget;
  readonly signal?: AbortSignal;
}

/** Larger code is not even rendered. */
const MAX_BYTES = 65_536;
/** Residual that a kilobyte of code, and an element, must save to be worth having. */
const RESIDUAL = { kilobyte: 0.003, element: 0.0005 } as const;
/** Severity of each doubling of the budget. */
const SEVERITY_A_DOUBLING = 3;

export function iconJudge({ renderer, reference, segmentation, budget, signal }: JudgeParts): Judge {
  const size = { width: reference.width, height: reference.height };
  const compare = iconComparer(reference, segmentation && { segmentation });
  return async (code, most = 1) => {
    if (code.length > MAX_BYTES) return undefined;
    signal?.throwIfAborted();
    const result = await renderer.render({ code, size, ...(signal && { signal }) });
    if (result.kind === 'render-failure' || result.hacks.length > 0) return undefined;
    const drawn = await pixelsOf(result.picture, size);
    if (residualOf(reference, drawn) > most) return undefined;
    const { discrepancies, residual } = await compare(drawn);
    const bytes = Buffer.byteLength(code);
    const elements = elementCount(code);
    const excess = Math.max(bytes / budget.bytes, elements / budget.elements);
    return {
      code,
      severity:
        severitySumOf(discrepancies) + Math.ceil(SEVERITY_A_DOUBLING * Math.log2(Math.max(1, excess))),
      residual,
      price: residual + (RESIDUAL.kilobyte * bytes) / 1024 + RESIDUAL.element * elements,
      discrepancies,
    };
  };
}

/** Severity first, then the residual with what the code's length costs. */
export function isBetter(a: Judged, than: Judged | undefined): boolean {
  if (!than) return true;
  return a.severity !== than.severity ? a.severity < than.severity : a.price < than.price;
}

/** A residual below this is anti-aliasing. */
export const GOOD = 0.02;

/** An edit is worth keeping: less severe, or as severe and closer, and no dearer for that. */
export function improves(a: Judged, on: Judged): boolean {
  if (a.severity !== on.severity) return a.severity < on.severity;
  return a.residual < on.residual && a.price < on.price;
}

/** A draft that is less severe than another does not have a residual above that one's times this factor. */
export const WORSE = 1.05;

/** The best of some drafts, judged one after the other, and one judged before; ties to the earlier. */
export async function best(
  judge: Judge,
  codes: Iterable<string>,
  before?: Judged,
): Promise<Judged | undefined> {
  let chosen = before;
  for (const code of codes) {
    const judged = await judge(code, chosen && chosen.residual * WORSE);
    if (judged && isBetter(judged, chosen)) chosen = judged;
  }
  return chosen;
}
