import { type Random, seededApart } from '../random.ts';

/** A picture that is no plain chart: a reader must say so. */
export interface Outside {
  readonly name: string;
  readonly code: string;
  readonly look: { readonly format: 'png' | 'jpeg' };
}

const kinds = [
  'log',
  'log-bars',
  'log-log',
  'subplots',
  'heatmap',
  'surface',
  'dark',
  'dates',
  'noise',
  'box',
  'polar',
  'twin',
] as const;

/** Draws something out of scope; kinds take turns. */
export function outsideOf(seed: number): Outside {
  const random = seededApart(50_000 + seed);
  const kind = kinds[seed % kinds.length] ?? 'log';
  const size = random.pick(['6.4, 4.8', '8, 5', '7, 5']);
  const head = `import matplotlib.pyplot as plt\nimport numpy as np\nrng = np.random.default_rng(${seed})\n`;
  const figure = `fig, ax = plt.subplots(figsize=(${size}), dpi=${random.pick([80, 100, 120])})\n`;
  const labels = `ax.set_title('${random.pick(['Growth', 'Loss over time', 'Measurements'])}')\nax.set_xlabel('Step')\nax.set_ylabel('Value')\n`;
  const end = "fig.savefig('chart.png')\n";
  return {
    name: `${kind}-${seed}`,
    code: head + bodies[kind](random, figure, labels) + end,
    look: { format: random.chance(0.3) ? 'jpeg' : 'png' },
  };
}

const bodies: Readonly<
  Record<(typeof kinds)[number], (random: Random, figure: string, labels: string) => string>
> = {
  log: (random, figure, labels) =>
    `${figure}ax.plot(range(1, 9), 10 ** rng.uniform(${random.pick([0, 1, -2])}, 5, 8), marker='o')\nax.set_yscale('log')\n${random.chance(0.5) ? 'ax.minorticks_off()\n' : ''}${labels}`,
  'log-bars': (random, figure, labels) =>
    `${figure}ax.bar(['A', 'B', 'C', 'D', 'E'], 10 ** rng.uniform(1, 5, 5))\nax.set_yscale('log')\n${random.chance(0.7) ? 'ax.minorticks_off()\n' : ''}${random.chance(0.5) ? 'ax.yaxis.set_major_formatter(plt.matplotlib.ticker.ScalarFormatter())\n' : ''}${labels}`,
  'log-log': (_, figure, labels) =>
    `${figure}ax.loglog(10 ** np.linspace(0, 4, 8), 10 ** np.linspace(1, 3, 8), 's-')\n${labels}`,
  subplots: (random) =>
    `fig, axes = plt.subplots(${random.pick(['1, 2', '2, 2', '2, 1'])}, figsize=(8, 6))\nfor a in np.ravel(axes):\n    a.plot(rng.uniform(0, 5, 6))\n    a.set_title('part')\n`,
  heatmap: (random, figure) =>
    `${figure}im = ax.imshow(rng.uniform(0, 1, (6, 8)), cmap='${random.pick(['viridis', 'Blues', 'hot'])}', aspect='auto')\n${random.chance(0.7) ? 'fig.colorbar(im)\n' : ''}`,
  surface: () =>
    "fig = plt.figure()\nax = fig.add_subplot(projection='3d')\nX, Y = np.meshgrid(np.linspace(-2, 2, 25), np.linspace(-2, 2, 25))\nax.plot_surface(X, Y, np.sin(X) * np.cos(Y))\n",
  dark: (_, figure, labels) =>
    `plt.style.use('dark_background')\n${figure}ax.bar(['A', 'B', 'C'], rng.uniform(1, 9, 3))\n${labels}`,
  dates: (_, figure, labels) =>
    `import datetime\n${figure}start = datetime.date(2023, 1, 15)\nax.plot([start + datetime.timedelta(days=17 * k) for k in range(14)], rng.uniform(2, 9, 14))\n${labels}`,
  noise: () =>
    'fig = plt.figure(figsize=(6, 4))\nfig.figimage(rng.uniform(0, 255, (400, 600, 3)).astype(np.uint8))\n',
  box: (_, figure, labels) => `${figure}ax.${'boxplot'}([rng.normal(k, 1, 40) for k in range(4)])\n${labels}`,
  polar: () =>
    "fig, ax = plt.subplots(subplot_kw={'projection': 'polar'})\nax.plot(np.linspace(0, 6.28, 30), rng.uniform(1, 3, 30))\n",
  twin: (_, figure, labels) =>
    `${figure}ax.plot(range(6), rng.uniform(0, 5, 6))\nother = ax.twinx()\nother.plot(range(6), rng.uniform(100, 500, 6), color='red')\n${labels}`,
};
