import { Resvg } from '@resvg/resvg-js';
import type { Random } from '../random.ts';

/** A change to an icon's code whose kind, and so its right category, is known. */
export interface Damage {
  readonly kind:
    | 'missing'
    | 'extra'
    | 'moved'
    | 'resized'
    | 'reshaped'
    | 'recoloured'
    | 'flattened'
    | 'thickened'
    | 'text missing'
    | 'text resized'
    | 'text changed';
  /** Categories that a critic may rightly give. */
  readonly categories: readonly string[];
  readonly svg: string;
  /** Left, top, width and height of what was changed, in units of the view box. */
  readonly box: readonly [number, number, number, number];
}

const element = /<(?:rect|circle|ellipse|polygon|polyline|path|line)\b[^>]*\/>/g;
const colours = [
  '#e11d48',
  '#f59e0b',
  '#10b981',
  '#2563eb',
  '#7c3aed',
  '#111111',
  '#fde047',
  '#78350f',
] as const;

/** One change of each kind that applies to some element of an icon. */
export function damagesOf(svg: string, random: Random): Damage[] {
  const found = [...svg.matchAll(element)].map((match) => ({ text: match[0], at: match.index }));
  const start = Math.floor(random.next() * Math.max(1, found.length));
  const target = [...found.slice(start), ...found.slice(0, start)].find(({ text }) => isVisible(svg, text));
  if (!target) return [];
  const { text, at } = target;
  const swap = (by: string) => svg.slice(0, at) + by + svg.slice(at + text.length);
  const box = boxOf(svg, text);
  const [left, top, width, height] = box;
  const [cx, cy] = [left + width / 2, top + height / 2];
  // A background that is gone has another colour, and cannot be seen to move.
  const background = width >= 99 && height >= 99;
  const gone = background ? ['style_error'] : ['structure_error'];
  const damages: Damage[] = [{ kind: 'missing', categories: gone, svg: swap(''), box }];

  const [dx, dy] = [
    random.pick([-1, 1]) * random.between(5, 12),
    random.pick([-1, 1]) * random.between(3, 9),
  ];
  if (!background)
    damages.push({
      kind: 'moved',
      categories: ['structure_error'],
      svg: swap(`<g transform="translate(${dx.toFixed(1)} ${dy.toFixed(1)})">${text}</g>`),
      box: [Math.min(left, left + dx), Math.min(top, top + dy), width + Math.abs(dx), height + Math.abs(dy)],
    });

  const wanted = random.pick([0.65, 0.75, 1.35]);
  const fits = Math.min(cx, cy, 100 - cx, 100 - cy) > 0.7 * Math.max(width, height);
  const factor = wanted > 1 && !fits ? 0.7 : wanted;
  const grown = Math.max(1, factor);
  if (!background)
    damages.push({
      kind: 'resized',
      categories: ['shape_error'],
      svg: swap(
        `<g transform="translate(${(cx * (1 - factor)).toFixed(2)} ${(cy * (1 - factor)).toFixed(2)}) scale(${factor})">${text}</g>`,
      ),
      box: [cx - (width * grown) / 2, cy - (height * grown) / 2, width * grown, height * grown],
    });

  const r = random.between(6, 10);
  const [x, y] = [random.between(14, 86), random.between(14, 86)];
  const used = svg.match(/#[0-9a-f]{6}/g) ?? [];
  // A colour that the icon has already would merge with its neighbours.
  const fresh = colours.filter((one) => used.every((other) => apart(one, other) > 90));
  const colour = fresh[Math.floor(random.next() * fresh.length)] ?? '#22d3ee';
  damages.push({
    kind: 'extra',
    categories: ['structure_error'],
    svg: svg.replace(
      '</svg>',
      `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="${r.toFixed(1)}" fill="${colour}"/></svg>`,
    ),
    box: [x - r, y - r, 2 * r, 2 * r],
  });

  const paint = /(fill|stroke)="(#[0-9a-f]{6})"/.exec(text);
  if (paint?.[2]) {
    const own = paint[2];
    const other = fresh.find((one) => apart(one, own) > 150) ?? '#22d3ee';
    damages.push({
      kind: 'recoloured',
      categories: ['style_error'],
      svg: swap(text.replace(paint[0], `${paint[1]}="${other}"`)),
      box,
    });
  }
  if (text.includes('fill="url(#a)"')) {
    const stop = /stop-color="(#[0-9a-f]{6})"/.exec(svg)?.[1] ?? '#888888';
    damages.push({
      kind: 'flattened',
      categories: ['style_error'],
      svg: swap(text.replace('url(#a)', stop)),
      box,
    });
  }
  if (/^<(circle|ellipse)/.test(text) && width > 8 && text.includes('fill="#')) {
    const look = /fill="#[0-9a-f]{6}"/.exec(text)?.[0] ?? '';
    damages.push({
      kind: 'reshaped',
      categories: ['shape_error'],
      svg: swap(`<rect x="${left}" y="${top}" width="${width}" height="${height}" ${look}/>`),
      box,
    });
  }
  const stroke = /stroke-width="([\d.]+)"/.exec(text);
  if (stroke?.[1]) {
    const wider = Number(stroke[1]) * 2;
    damages.push({
      kind: 'thickened',
      categories: ['shape_error', 'style_error'],
      svg: swap(text.replace(stroke[0], `stroke-width="${wider}"`)),
      box: [left - wider / 2, top - wider / 2, width + wider, height + wider],
    });
  }
  return damages;
}

function wrapped(svg: string, text: string): string {
  const group = /<g [^>]*>/.exec(svg)?.[0];
  const defs = /<defs>.*<\/defs>/.exec(svg)?.[0] ?? '';
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">${defs}${group ? `${group}${text}</g>` : text}</svg>`;
}

function boxOf(svg: string, text: string): readonly [number, number, number, number] {
  const box = new Resvg(wrapped(svg, text)).getBBox();
  return [box?.x ?? 0, box?.y ?? 0, box?.width ?? 0, box?.height ?? 0];
}

/** Large enough to be seen, and not hidden beneath the rest. */
function isVisible(svg: string, text: string): boolean {
  const draw = (code: string) =>
    new Resvg(code, { background: '#fff', fitTo: { mode: 'width', value: 100 } }).render().pixels;
  const [whole, without] = [draw(svg), draw(svg.replace(text, ''))];
  let changed = 0;
  for (let i = 0; i < whole.length; i += 4) {
    const away = [0, 1, 2].map((k) => Math.abs((whole[i + k] ?? 0) - (without[i + k] ?? 0)));
    if (Math.max(...away) > 40) changed++;
  }
  return changed > 60;
}

function apart(a: string, b: string): number {
  const channels = (hex: string) => [1, 3, 5].map((i) => Number.parseInt(hex.slice(i, i + 2), 16));
  const [p, q] = [channels(a), channels(b)];
  return Math.hypot(...p.map((value, k) => value - (q[k] ?? 0)));
}
