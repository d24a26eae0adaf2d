import { type Random, seededApart } from '../random.ts';
import { type Look, lookOf } from './look.ts';
import { type Theme, themes } from './words.ts';

export const kinds = ['bar', 'barh', 'grouped', 'stacked', 'hist', 'line', 'scatter', 'pie'] as const;
export type Kind = (typeof kinds)[number];

export interface Series {
  readonly name: string;
  /** Positions on the x axis where they are numbers. */
  readonly xs?: readonly number[];
  readonly values: readonly number[];
  readonly colour: string;
}

/** What a reading is compared with. */
export interface Truth {
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly categories: readonly string[];
  readonly series: readonly Series[];
  readonly legend: boolean;
}

export interface Sample {
  readonly name: string;
  readonly kind: Kind;
  readonly look: Look;
  readonly truth: Truth;
  readonly code: string;
}

/** The sample of a seed: kinds take turns, the rest is drawn. */
export function sampleOf(seed: number): Sample {
  const random = seededApart(seed + 1);
  const kind = kinds[seed % kinds.length] ?? 'bar';
  const look = lookOf(Math.floor(seed / kinds.length) % 2 === 0 ? 'default' : 'varied', random);
  const theme = random.pick(themes);
  const { truth, body } = drawings[kind](theme, look, random);
  return { name: `${kind}-${look.style}-${seed}`, kind, look, truth, code: codeOf(truth, look, body, kind) };
}

interface Drawing {
  readonly truth: Truth;
  /** Statements that draw the data on `ax`. */
  readonly body: string;
}

const drawings: Readonly<Record<Kind, (theme: Theme, look: Look, random: Random) => Drawing>> = {
  bar: (theme, look, random) => bars(theme, look, random, 1, 'bar'),
  barh: (theme, look, random) => bars(theme, look, random, 1, 'barh'),
  grouped: (theme, look, random) => bars(theme, look, random, random.whole(2, 3), 'grouped'),
  stacked: (theme, look, random) => bars(theme, look, random, random.whole(2, 4), 'stacked'),
  hist(theme, look, random) {
    const bins = random.whole(6, 14);
    const start = random.pick([0, 10, -3, 100]);
    const width = random.pick([1, 2, 5, 0.5]);
    const peak = random.whole(1, bins - 2);
    const values = Array.from({ length: bins }, (_, i) =>
      Math.max(1, Math.round(60 * Math.exp(-(((i - peak) / (bins / 4)) ** 2)) + random.whole(0, 8))),
    );
    const edges = Array.from({ length: bins + 1 }, (_, i) => start + i * width);
    const xs = values.map((_, i) => start + (i + 0.5) * width);
    const edge = look.edge || random.chance(0.5) ? ", edgecolor='black'" : '';
    return {
      truth: {
        title: random.pick(theme.titles),
        xLabel: theme.value,
        yLabel: 'Frequency',
        categories: [],
        series: [{ name: '', xs, values, colour: look.colours[0] ?? '' }],
        legend: false,
      },
      body: `ax.hist(${list(xs)}, bins=${list(edges)}, weights=${list(values)}, color='${look.colours[0]}'${edge})`,
    };
  },
  line(theme, look, random) {
    const count = random.whole(1, 4);
    const points = random.whole(5, 12);
    const categorical = random.chance(0.35);
    const from = random.pick([0, 1, 2010]);
    const xs = Array.from({ length: points }, (_, i) => from + i);
    const marked = random.chance(0.6);
    const names = random.some(theme.series, count);
    const scale = random.pick([1, 10, 100, 1000]);
    const categories = categorical
      ? theme.categories.slice(0, Math.min(points, theme.categories.length))
      : [];
    const length = categorical ? categories.length : points;
    const series = names.map((name, i) => {
      const slope = (random.next() - 0.3) * 0.4;
      const level = 1 + random.next() * 6;
      const values = Array.from({ length }, (_, k) =>
        Number((scale * (level + slope * k + (random.next() - 0.5) * 1.6)).toPrecision(3)),
      );
      return {
        name,
        values,
        colour: look.colours[i] ?? '',
        xs: categorical ? xs.slice(0, length).map((_, k) => k) : xs,
      };
    });
    const markers = random.some(['o', 's', '^', 'D', 'x'], 4);
    const dashes = ["'-'", "'--'", "':'", "'-.'"];
    const dashed = random.chance(0.35);
    const legend = count > 1 || random.chance(0.4);
    return {
      truth: {
        title: random.pick(theme.titles),
        xLabel: categorical ? theme.category : theme.x,
        yLabel: theme.value,
        categories,
        series,
        legend,
      },
      body: series
        .map(({ name, values, colour, xs: at }, i) => {
          const x = categorical ? strings(categories) : list(at);
          const marker = marked ? `, marker='${markers[i] ?? 'o'}'` : '';
          const dash = dashed && i > 0 ? `, linestyle=${dashes[i % 4]}` : '';
          const width = look.style === 'varied' ? ', linewidth=2' : '';
          return `ax.plot(${x}, ${list(values)}, color='${colour}', label='${name}'${marker}${dash}${width})`;
        })
        .join('\n'),
    };
  },
  scatter(theme, look, random) {
    const count = random.whole(1, 3);
    const points = random.whole(8, 24);
    const names = random.some(theme.series, count);
    const [sx, sy] = [random.pick([1, 10, 100]), random.pick([1, 10, 100])];
    const taken: [number, number][] = [];
    const series = names.map((name, i) => {
      const [cx, cy] = [random.next() * 6, random.next() * 6];
      const xs: number[] = [];
      const values: number[] = [];
      while (xs.length < points) {
        const at: [number, number] = [cx + random.next() * 4, cy + random.next() * 4];
        const crowded = taken.some(([x, y]) => Math.hypot(x - at[0], y - at[1]) < 0.12);
        if (crowded && random.chance(0.95)) continue;
        taken.push(at);
        xs.push(Number((at[0] * sx).toPrecision(4)));
        values.push(Number((at[1] * sy).toPrecision(4)));
      }
      return { name, xs, values, colour: look.colours[i] ?? '' };
    });
    const legend = count > 1;
    const size = look.style === 'varied' ? `, s=${random.pick([20, 50, 80])}` : '';
    const marker = look.style === 'varied' ? `, marker='${random.pick(['o', 's', '^', 'D'])}'` : '';
    return {
      truth: {
        title: random.pick(theme.titles),
        xLabel: theme.x,
        yLabel: theme.value,
        categories: [],
        series,
        legend,
      },
      body: series
        .map(
          ({ name, xs, values, colour }) =>
            `ax.scatter(${list(xs)}, ${list(values)}, color='${colour}', label='${name}'${size}${marker})`,
        )
        .join('\n'),
    };
  },
  pie(theme, look, random) {
    const count = random.whole(3, 6);
    const labels = random.some(theme.categories, count);
    const raw = labels.map(() => random.whole(8, 40));
    const total = raw.reduce((sum, value) => sum + value, 0);
    const values = raw.map((value) => Number(((value / total) * 100).toFixed(1)));
    const percent = random.chance(0.7) ? ", autopct='%1.1f%%'" : '';
    const start = random.pick([0, 90, 140]);
    return {
      truth: {
        title: random.pick(theme.titles),
        xLabel: '',
        yLabel: '',
        categories: labels,
        series: [{ name: '', values, colour: '' }],
        legend: false,
      },
      body: `ax.pie(${list(values)}, labels=${strings(labels)}, colors=${strings(look.colours.slice(0, count))}${percent}, startangle=${start})\nax.axis('equal')`,
    };
  },
};

function bars(
  theme: Theme,
  look: Look,
  random: Random,
  count: number,
  kind: 'bar' | 'barh' | 'grouped' | 'stacked',
): Drawing {
  const categories = theme.categories.slice(0, random.whole(3, Math.min(8, theme.categories.length)));
  const names = random.some(theme.series, count);
  const scale = random.pick([1, 10, 100, 1000]);
  const negative = kind === 'bar' && random.chance(0.15);
  const series = names.map((name, i) => ({
    name,
    colour: look.colours[i] ?? '',
    values: categories.map(() =>
      Number(
        ((1 + random.next() * 8) * scale * (negative && random.chance(0.4) ? -1 : 1)).toPrecision(
          random.pick([2, 3]),
        ),
      ),
    ),
  }));
  const edge = look.edge ? ", edgecolor='black'" : '';
  const own = count === 1 && look.style === 'varied' && random.chance(0.3);
  const colour = own
    ? `color=${strings(look.colours.slice(0, categories.length))}`
    : `color='${look.colours[0]}'`;
  const width = kind === 'grouped' ? random.pick([0.8 / count, 0.25]) : random.pick([0.8, 0.8, 0.6, 0.5]);
  const statements = series.map(({ name, values, colour: own1 }, i) => {
    if (kind === 'bar')
      return `ax.bar(${strings(categories)}, ${list(values)}, ${colour}, width=${width}${edge})`;
    if (kind === 'barh')
      return `ax.barh(${strings(categories)}, ${list(values)}, ${colour}, height=${width}${edge})`;
    if (kind === 'grouped') {
      const at = categories.map((_, k) => Number((k + (i - (count - 1) / 2) * width).toFixed(4)));
      return `ax.bar(${list(at)}, ${list(values)}, ${width}, color='${own1}', label='${name}'${edge})`;
    }
    const bottom = categories.map((_, k) =>
      Number(
        series
          .slice(0, i)
          .reduce((sum, { values: v }) => sum + (v[k] ?? 0), 0)
          .toFixed(6),
      ),
    );
    return `ax.bar(${strings(categories)}, ${list(values)}, bottom=${list(bottom)}, color='${own1}', label='${name}', width=${width}${edge})`;
  });
  if (kind === 'grouped')
    statements.push(`ax.set_xticks(${list(categories.map((_, k) => k))}, ${strings(categories)})`);
  const across = kind === 'barh';
  return {
    truth: {
      title: random.pick(theme.titles),
      xLabel: across ? theme.value : theme.category,
      yLabel: across ? theme.category : theme.value,
      categories,
      series: series.map((one) => ({ ...one, name: count > 1 ? one.name : '' })),
      legend: count > 1,
    },
    body: statements.join('\n'),
  };
}

function codeOf({ title, xLabel, yLabel, legend }: Truth, look: Look, body: string, kind: Kind): string {
  const axis = look.grid === 'y' ? (kind === 'barh' ? ", axis='x'" : ", axis='y'") : '';
  const dashes = look.grid === 'dashed' ? ", linestyle='--', alpha=0.7" : '';
  const places = {
    best: '',
    'upper left': "loc='upper left'",
    'upper right': "loc='upper right'",
    outside: "loc='upper left', bbox_to_anchor=(1.02, 1)",
    below: "loc='upper center', bbox_to_anchor=(0.5, -0.2), ncol=4",
  };
  const place = places[look.legend];
  const needsTight =
    look.tight ||
    look.legend === 'outside' ||
    look.legend === 'below' ||
    look.fontSize > 10 ||
    kind === 'barh';
  return [
    'import matplotlib.pyplot as plt',
    look.font === 'DejaVu Sans' ? '' : `plt.rcParams['font.family'] = '${look.font}'`,
    look.fontSize === 10 ? '' : `plt.rcParams['font.size'] = ${look.fontSize}`,
    `fig, ax = plt.subplots(figsize=(${look.size.join(', ')}), dpi=${look.dpi})`,
    look.grid && kind !== 'pie' ? `ax.grid(True${axis}${dashes})` : '',
    body,
    `ax.set_title('${title}'${look.boldTitle ? ", fontweight='bold'" : ''})`,
    xLabel ? `ax.set_xlabel('${xLabel}')` : '',
    yLabel ? `ax.set_ylabel('${yLabel}')` : '',
    legend ? `ax.legend(${place})` : '',
    look.despined && kind !== 'pie' ? "ax.spines[['top', 'right']].set_visible(False)" : '',
    needsTight ? 'fig.tight_layout()' : '',
    `fig.savefig('chart.png', dpi=${look.dpi})`,
  ]
    .filter(Boolean)
    .join('\n');
}

const list = (values: readonly number[]) => `[${values.join(', ')}]`;
const strings = (values: readonly string[]) => `[${values.map((value) => `'${value}'`).join(', ')}]`;
