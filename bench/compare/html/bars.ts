import { escaped } from './markup.ts';

export interface Bar {
  readonly name: string;
  readonly parts: readonly { readonly label: string; readonly value: number; readonly colour: string }[];
}

const WIDTH = 400;
const ROW = 44;
const BAR = 18;

/** Horizontal bars of parts, all to one scale, each with its name above and the figures inside. */
export function barPlot(title: string, bars: readonly Bar[]): string {
  const most = Math.max(1, ...bars.map(({ parts }) => parts.reduce((sum, { value }) => sum + value, 0)));
  const rows = bars.map(({ name, parts }, row) => {
    let x = 0;
    const pieces = parts.flatMap(({ label, value, colour }) => {
      if (value === 0) return [];
      const width = (value / most) * WIDTH;
      const figure =
        width > 22
          ? `<text class="inside" x="${(x + width / 2).toFixed(1)}" y="${row * ROW + 35}" text-anchor="middle">${value}</text>`
          : '';
      const piece = `<rect x="${x.toFixed(1)}" y="${row * ROW + 22}" width="${width.toFixed(1)}" height="${BAR}" fill="${colour}"><title>${escaped(label)}: ${value}</title></rect>${figure}`;
      x += width;
      return [piece];
    });
    return `<text class="title" x="0" y="${row * ROW + 16}">${escaped(name)}</text>${pieces.join('')}`;
  });
  const legend = new Map(
    bars.flatMap(({ parts }) => parts.map(({ label, colour }) => [label, colour] as const)),
  );
  return `<figure><figcaption>${escaped(title)}</figcaption>${legendOf([...legend])}<svg viewBox="0 0 ${WIDTH} ${bars.length * ROW}" role="img" aria-label="${escaped(title)}">${rows.join('')}</svg></figure>`;
}

/** Names beside their colours. */
export function legendOf(entries: readonly (readonly [name: string, colour: string])[]): string {
  const items = entries.map(
    ([name, colour]) => `<li><i style="background:${colour}"></i>${escaped(name)}</li>`,
  );
  return `<ul class="legend">${items.join('')}</ul>`;
}
