import type { Judge, Judged } from '../judge.ts';
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
  const outlines = texts.map(({ item: _, ...outlined }) => outlined);
  const plain = await judge(draw(labelled(outlines)));
  const noWorse = (a: Judged | undefined) =>
    a !== undefined &&
    (plain === undefined ||
      (a.severity <= plain.severity && a.residual <= CLOSE.factor * plain.residual + CLOSE.least));
  if (texts.every(({ item }) => item) && noWorse(await judge(draw(texts)))) return [...texts];
  let current: readonly IconText[] = outlines;
  for (const [i, text] of texts.entries()) {
    if (!text.item) continue;
    const next = current.with(i, text);
    if (noWorse(await judge(draw(labelled(next))))) current = next;
  }
  return labelled(current);
}

function labelled(texts: readonly IconText[]): IconText[] {
  return texts.filter(({ item, sure }) => item || sure);
}
