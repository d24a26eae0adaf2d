import type { Random } from '../random.ts';

/** The elements of one icon in a view box of 100 x 100. */
export type IconKind = (random: Random) => string[];

const palette = [
  '#e11d48',
  '#f59e0b',
  '#10b981',
  '#2563eb',
  '#7c3aed',
  '#0f172a',
  '#64748b',
  '#db2777',
  '#0891b2',
  '#84cc16',
  '#78350f',
  '#fde047',
  '#fb7185',
  '#1e3a8a',
  '#14532d',
  '#c2410c',
  '#94a3b8',
  '#f4f4f5',
] as const;
const dark = ['#0f172a', '#1d4ed8', '#111111', '#374151', '#7f1d1d', '#14532d'] as const;

const polygon = (points: readonly (readonly [number, number])[]) =>
  points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ');

function star(cx: number, cy: number, spikes: number, outer: number, inner: number, turn: number): string {
  const points = Array.from({ length: spikes * 2 }, (_, i): [number, number] => {
    const r = i % 2 ? inner : outer;
    const angle = turn + (Math.PI * i) / spikes;
    return [cx + r * Math.cos(angle), cy + r * Math.sin(angle)];
  });
  return polygon(points);
}

/** A closed smooth outline around a centre. */
function blob(random: Random, cx: number, cy: number, radius: number): string {
  const n = Math.round(random.between(4, 7));
  const points = Array.from({ length: n }, (_, i): [number, number] => {
    const angle = (2 * Math.PI * i) / n;
    const r = radius * random.between(0.65, 1);
    return [cx + r * Math.cos(angle), cy + r * Math.sin(angle)];
  });
  const at = (i: number): [number, number] => points[(i + n) % n] ?? [cx, cy];
  let d = `M${at(0)
    .map((v) => v.toFixed(1))
    .join(' ')}`;
  for (let i = 0; i < n; i++) {
    const [p0, p1, p2, p3] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
    const c1 = [p1[0] + (p2[0] - p0[0]) / 6, p1[1] + (p2[1] - p0[1]) / 6];
    const c2 = [p2[0] - (p3[0] - p1[0]) / 6, p2[1] - (p3[1] - p1[1]) / 6];
    d += `C${[...c1, ...c2, ...p2].map((v) => v.toFixed(1)).join(' ')}`;
  }
  return `${d}Z`;
}

function shape(random: Random, cx: number, cy: number, r: number, paint: string): string {
  switch (Math.floor(random.between(0, 7))) {
    case 0:
      return `<circle cx="${cx}" cy="${cy}" r="${r}" ${paint}/>`;
    case 1:
      return `<ellipse cx="${cx}" cy="${cy}" rx="${r}" ry="${(r * random.between(0.5, 0.8)).toFixed(1)}" ${paint}/>`;
    case 2: {
      const rx = random.pick([0, 0, 2, 4, 6]);
      return `<rect x="${cx - r}" y="${(cy - r * 0.8).toFixed(1)}" width="${2 * r}" height="${(1.6 * r).toFixed(1)}" rx="${rx}" ${paint}/>`;
    }
    case 3:
      return `<polygon points="${star(cx, cy, 3 + Math.floor(random.between(0, 4)), r, r, random.between(0, 3))}" ${paint}/>`;
    case 4:
      return `<polygon points="${star(cx, cy, 5, r, r * 0.45, -Math.PI / 2)}" ${paint}/>`;
    case 5:
      return `<rect x="${cx - r}" y="${(cy - r * 0.4).toFixed(1)}" width="${2 * r}" height="${(0.8 * r).toFixed(1)}" rx="3" transform="rotate(${random.between(10, 80, 5)} ${cx} ${cy})" ${paint}/>`;
    default:
      return `<path d="${blob(random, cx, cy, r)}" ${paint}/>`;
  }
}

const fill = (random: Random) => `fill="${random.pick(palette)}"`;
const stops = (random: Random) => {
  const three = random.chance(0.3);
  const colours = [random.pick(palette), random.pick(palette), random.pick(palette)];
  return `<stop offset="0" stop-color="${colours[0]}"/>${three ? `<stop offset="${random.between(0.3, 0.7, 0.1)}" stop-color="${colours[1]}"/>` : ''}<stop offset="1" stop-color="${colours[2]}"/>`;
};
const linear = (random: Random, id: string) => {
  const [x1, y1, x2, y2] = random.pick([
    [0, 0, 1, 1],
    [0, 0, 0, 1],
    [0, 0, 1, 0],
    [1, 0, 0, 1],
    [0.2, 0, 0.8, 1],
  ]);
  return `<linearGradient id="${id}" x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}">${stops(random)}</linearGradient>`;
};
const radial = (random: Random, id: string) =>
  `<radialGradient id="${id}" cx="${random.between(0.3, 0.7, 0.05)}" cy="${random.between(0.3, 0.7, 0.05)}" r="${random.between(0.5, 0.9, 0.05)}">${stops(random)}</radialGradient>`;

/** Where up to four shapes lie side by side. */
const places = [
  [28, 28],
  [72, 28],
  [28, 72],
  [72, 72],
] as const;

export const iconKinds: Readonly<Record<string, IconKind>> = {
  flat: (random) =>
    places
      .filter(() => random.chance(0.85))
      .map(([x, y]) => shape(random, x, y, random.between(10, 19, 0.5), fill(random))),

  nested: (random) => [
    shape(random, 50, 50, random.between(36, 46, 0.5), fill(random)),
    shape(
      random,
      random.between(42, 58, 0.5),
      random.between(42, 58, 0.5),
      random.between(18, 24, 0.5),
      fill(random),
    ),
    shape(random, 50, 50, random.between(5, 10, 0.5), fill(random)),
  ],

  overlap: (random) => [
    shape(random, 38, 40, random.between(20, 28, 0.5), fill(random)),
    shape(random, 62, 60, random.between(20, 28, 0.5), fill(random)),
  ],

  translucent: (random) => [
    shape(
      random,
      38,
      42,
      random.between(22, 30, 0.5),
      `${fill(random)} fill-opacity="${random.between(0.4, 0.9, 0.1)}"`,
    ),
    shape(
      random,
      62,
      56,
      random.between(22, 30, 0.5),
      `${fill(random)} fill-opacity="${random.between(0.4, 0.9, 0.1)}"`,
    ),
  ],

  line: (random) => {
    const width = random.pick([3, 4, 6, 8]);
    const cap = random.pick(['round', 'round', 'butt', 'square']);
    const join = random.pick(['round', 'round', 'miter']);
    const parts = [
      `<rect x="14" y="${random.between(18, 30, 1)}" width="72" height="${random.between(40, 56, 1)}" rx="${random.pick([0, 4, 10])}"/>`,
      `<circle cx="50" cy="${random.between(46, 56, 1)}" r="${random.between(9, 15, 0.5)}"/>`,
      `<path d="M20 86 L${random.between(36, 44, 1)} 66 L60 82 L80 60"/>`,
      `<path d="M14 30 L50 ${random.between(50, 60, 1)} L86 30"/>`,
      `<path d="M50 10 V90"/>`,
      `<path d="M20 50 A30 30 0 0 1 80 50"/>`,
      `<path d="M20 80 C30 40 70 90 80 20"/>`,
      `<line x1="20" y1="90" x2="80" y2="90"/>`,
      `<polyline points="30,20 50,8 70,20"/>`,
      `<path d="M50 84 L22 54 A18 18 0 0 1 50 32 A18 18 0 0 1 78 54 Z"/>`,
    ];
    const count = random.pick([1, 2, 2, 3]);
    const chosen = Array.from(
      { length: count },
      () => parts.splice(Math.floor(random.next() * parts.length), 1)[0] ?? '',
    );
    return [
      `<g fill="none" stroke="${random.pick(dark)}" stroke-width="${width}" stroke-linecap="${cap}" stroke-linejoin="${join}">${chosen.join('')}</g>`,
    ];
  },

  glyph: (random) => {
    const colour = random.pick(dark);
    const glyphs = [
      'M50 88 C20 64 10 48 10 34 A20 20 0 0 1 50 28 A20 20 0 0 1 90 34 C90 48 80 64 50 88Z',
      'M10 50 L50 14 L90 50 V88 H62 V62 H38 V88 H10Z',
      'M50 8 A42 42 0 1 0 92 50 A42 42 0 0 0 50 8Z M50 22 A28 28 0 1 1 22 50 A28 28 0 0 1 50 22Z',
      'M20 10 H62 L80 28 V90 H20Z M58 14 V32 H76Z',
      'M50 6 L61 38 H95 L67 58 L78 92 L50 71 L22 92 L33 58 L5 38 H39Z',
      'M12 30 A8 8 0 0 1 20 22 H80 A8 8 0 0 1 88 30 V70 A8 8 0 0 1 80 78 H50 L32 92 V78 H20 A8 8 0 0 1 12 70Z',
      'M44 10 H56 V44 H90 V56 H56 V90 H44 V56 H10 V44 H44Z',
      'M60 6 L22 54 H46 L38 94 L78 42 H52Z',
      'M50 10 C62 22 82 20 88 20 C88 60 74 80 50 92 C26 80 12 60 12 20 C18 20 38 22 50 10Z',
      'M8 50 C22 24 78 24 92 50 C78 76 22 76 8 50Z M50 36 A14 14 0 1 0 64 50 A14 14 0 0 0 50 36Z',
    ];
    return [
      `<path fill-rule="evenodd" fill="${colour}" d="${glyphs[Math.floor(random.next() * glyphs.length)] ?? ''}"/>`,
    ];
  },

  linear: (random) => [
    `<defs>${linear(random, 'a')}</defs>`,
    random.chance(0.7)
      ? `<rect x="8" y="8" width="84" height="84" rx="${random.pick([0, 12, 20])}" fill="url(#a)"/>`
      : '<circle cx="50" cy="50" r="43" fill="url(#a)"/>',
    shape(random, 50, 50, random.between(14, 24, 0.5), 'fill="#ffffff"'),
  ],

  radial: (random) => [
    `<defs>${radial(random, 'a')}</defs>`,
    '<circle cx="50" cy="50" r="42" fill="url(#a)"/>',
    '<circle cx="36" cy="42" r="5" fill="#111111"/>',
    '<circle cx="64" cy="42" r="5" fill="#111111"/>',
    `<path d="M32 ${random.between(58, 64, 1)} Q50 ${random.between(70, 84, 1)} 68 60" fill="none" stroke="#111111" stroke-width="4" stroke-linecap="round"/>`,
  ],

  outlined: (random) =>
    [
      [32, 34],
      [68, 66],
    ].map(([x = 0, y = 0]) =>
      shape(
        random,
        x,
        y,
        random.between(16, 24, 0.5),
        `${fill(random)} stroke="${random.pick(dark)}" stroke-width="${random.pick([2, 3, 5])}"`,
      ),
    ),

  badge: (random) => [
    `<rect width="100" height="100" fill="${random.pick(palette)}"/>`,
    `<circle cx="50" cy="50" r="${random.between(30, 42, 1)}" fill="${random.pick(palette)}"/>`,
    `<path d="${blob(random, 50, 50, 24)}" fill="${random.pick(palette)}"/>`,
  ],

  fine: (random) => {
    const colour = random.pick(dark);
    return [
      ...Array.from(
        { length: 4 },
        (_, i) =>
          `<circle cx="${20 + 20 * i}" cy="20" r="${random.between(2, 5, 0.5)}" fill="${random.pick(palette)}"/>`,
      ),
      `<path d="M10 40 H90 M10 50 H70 M10 60 H80" stroke="${colour}" stroke-width="${random.pick([1, 1.5, 2])}"/>`,
      `<path d="M10 90 L40 72 L60 84 L90 68" fill="none" stroke="${colour}" stroke-width="${random.pick([1.5, 2])}"/>`,
    ];
  },

  bars: (random) => [
    ...Array.from({ length: 4 }, (_, i) => {
      const height = random.between(15, 70, 1);
      return `<rect x="${16 + 19 * i}" y="${88 - height}" width="13" height="${height}" rx="${random.pick([0, 2])}" fill="${random.pick(palette)}"/>`;
    }),
    '<path d="M8 90 H94" stroke="#334155" stroke-width="4"/>',
  ],

  shadow: (random) => [
    '<defs><filter id="b" x="-0.3" y="-0.3" width="1.6" height="1.6"><feGaussianBlur stdDeviation="3"/></filter></defs>',
    '<circle cx="50" cy="56" r="34" fill="#000000" fill-opacity="0.3" filter="url(#b)"/>',
    `<circle cx="50" cy="50" r="34" ${fill(random)}/>`,
    shape(random, 50, 50, random.between(10, 18, 0.5), 'fill="#ffffff"'),
  ],
};
