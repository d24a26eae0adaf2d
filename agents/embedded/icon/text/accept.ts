import { GOOD, type Judge, type Judged } from '../judge.ts';
import type { Lettering } from '../trace/trace.ts';
import type { IconText } from './texts.ts';

/** What the residual may rise by for text that can be edited: the letters' edges, not their shapes. */
const CLOSE = { factor: 1.25, least: 0.002 } as const;

/**
 * The texts as they are to be drawn: written where the critic holds that for no worse than outlines, else outlines
 * with the text as their label where it was read beyond doubt.
 * @param draw the picture's code with some texts
 */
export async function accepted(
  texts: readonly IconText[],
  draw: (texts: readonly Lettering[]) => string,
  judge: Judge,
): Promise<Lettering[]> {
  const written = texts.every(({ item }) => item) ? await judge(draw(texts)) : undefined;
  if (written && written.severity === 0 && written.residual < GOOD) return [...texts];
  const outlines = texts.map(({ item: _, ...outlined }) => outlined);
  if (texts.every(({ item }) => !item)) return labelled(outlines);
  const plain = await judge(draw(labelled(outlines)));
  let current: readonly IconText[] = outlines;
  for (const [i, text] of texts.entries()) {
    const next = text.item ? current.with(i, text) : current;
    const judged = next === current ? undefined : await judge(draw(labelled(next)));
    if (judged && (!plain || isClose(judged, plain))) current = next;
  }
  return labelled(current);
}

function isClose(a: Judged, to: Judged): boolean {
  return a.severity <= to.severity && a.residual <= CLOSE.factor * to.residual + CLOSE.least;
}

function labelled(texts: readonly IconText[]): IconText[] {
  return texts.filter(({ item, sure }) => item || sure);
}
