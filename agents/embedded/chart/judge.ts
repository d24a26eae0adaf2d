import type { Renderer } from '../../../core/render.ts';
import type { Chart } from '../../../tools/chart/model.ts';
import { type StrokeLook, strokeLooks } from '../../../tools/critic/embedded/chart/stroke-look.ts';
import { chartResidual } from '../../../tools/critic/embedded/chart-residual.ts';
import { type Pixels, pixelsOf } from '../../../tools/image/pixels.ts';
import { lettersApart } from './letters.ts';
import { type Choices, programOf } from './write.ts';

/** A reading of a chart with the program that it leads to. */
export interface Draft {
  readonly chart: Chart;
  readonly choices: Choices;
}

export interface Judged extends Draft {
  readonly code: string;
  /** Continuous difference of its render from the reference, 0 to 1. */
  readonly residual: number;
  /** Levels of difference of each pixel of the reference. */
  readonly excess: Uint8Array;
  /** How each line looks in the render. */
  readonly looks: readonly (StrokeLook | undefined)[];
  /** How unlike the letters are, 0 to 1. */
  readonly letters: number;
  /** What drafts are chosen by: the residual, with what of lines it is too tolerant to see. */
  readonly cost: number;
}

export type Judge = (draft: Draft) => Promise<Judged | undefined>;

/** What unlike strokes count beside the residual. */
const LOOK = 0.02;

/** How far a line looks otherwise than it should; 0 where nothing could be compared. */
export function unlikeness(look: StrokeLook | undefined): number {
  return look ? look.marker + Math.abs(Math.log(Math.max(0.1, look.width))) + Math.min(1, look.aside / 4) : 0;
}

/** Renders drafts and compares them with the reference by their pixels; undefined where a draft does not render. */
export function chartJudge(reference: Pixels, renderer: Renderer, signal?: AbortSignal): Judge {
  const compare = chartResidual(reference);
  const size = { width: reference.width, height: reference.height };
  const seen = new Map<string, Judged>();
  return async (draft) => {
    signal?.throwIfAborted();
    const code = programOf(draft.chart, draft.choices);
    const known = seen.get(code);
    if (known) return known;
    const result = await renderer.render({ code, size, ...(signal && { signal }) });
    if (result.kind === 'render-failure') return undefined;
    const render = await pixelsOf(result.picture, size);
    const { excess, share } = await compare(render);
    const looks =
      draft.chart.plot.kind === 'lines' ? strokeLooks(reference, render, draft.chart, (point) => point) : [];
    const letters = lettersApart(reference, render, draft.chart);
    const cost = share + LOOK * looks.reduce((sum, look) => sum + unlikeness(look), 0);
    const judged = { ...draft, code, residual: share, excess, looks, letters, cost };
    seen.set(code, judged);
    return judged;
  };
}

/** Drafts that are drawn at once: a renderer has some workers, and a large chart's pixels take much memory. */
const AT_ONCE = 2;

/** The best of those drafts that are accepted; ties to the earlier. */
export async function best(
  judge: Judge,
  drafts: readonly Draft[],
  from?: Judged,
  accepts: (judged: Judged) => boolean = () => true,
): Promise<Judged | undefined> {
  let chosen = from;
  for (let next = 0; next < drafts.length; next += AT_ONCE) {
    for (const judged of await Promise.all(drafts.slice(next, next + AT_ONCE).map(judge))) {
      if (judged && (!chosen || judged.cost < chosen.cost - 1e-6) && accepts(judged)) chosen = judged;
    }
  }
  return chosen;
}
