import { drawChart, trueLook } from './chart.ts';
import { chartCode } from './chart-code.ts';
import { type Draft, runOf, type SampleRun } from './record.ts';

const [europe, americas] = trueLook.values;
const brokenCode = chartCode({ legend: false }).replace('ax.set_xlabel', 'ax.set_x_label');
const brokenLine = brokenCode.split('\n').findIndex((line) => line.includes('set_x_label')) + 1;

const first: Draft = {
  code: chartCode({
    title: 'Quarterly revenue',
    values: [36, 31],
    colours: ['#2f6db3', '#b3412f', '#4a9d6a'],
    grid: false,
    legend: false,
  }),
  render: drawChart({
    title: 'Quarterly revenue',
    values: [europe ?? [], [30, 34, 41, 36], [18, 24, 23, 31]],
    colours: ['#2f6db3', '#b3412f', '#4a9d6a'],
    grid: false,
    legend: 'none',
  }),
  found: [
    {
      category: 'text_error',
      severity: 2,
      location: 'title, top centre',
      description: 'The title reads "Quarterly revenue"; it should read "Quarterly revenue by region".',
      box: [0.345, 0.02, 0.38, 0.07],
    },
    {
      category: 'structure_error',
      severity: 3,
      location: 'upper left of the plot',
      description: 'The legend is missing. It names Europe, Americas and Asia Pacific, in this order.',
      box: [0.12, 0.1, 0.225, 0.2],
    },
    {
      category: 'data_error',
      severity: 3,
      location: 'Q4, second bar',
      description: 'Americas in Q4 is drawn as 36; the reference shows 47.',
      box: [0.822, 0.41, 0.06, 0.455],
    },
    {
      category: 'style_error',
      severity: 1,
      location: 'plot area',
      description: 'Horizontal grid lines at 20, 40 and 60 are missing.',
    },
    {
      category: 'style_error',
      severity: 2,
      location: 'second bar of every quarter',
      description: 'Americas is drawn in red; the reference uses orange (#e08a2e).',
      box: [0.19, 0.36, 0.705, 0.515],
    },
  ],
};

const broken: Draft = {
  code: brokenCode,
  render: {
    kind: 'render-failure',
    outcome: 'runtime-error',
    message: "AttributeError: 'Axes' object has no attribute 'set_x_label'",
    line: brokenLine,
    detail: `Traceback (most recent call last):
  File "code.py", line ${brokenLine}, in <module>
    ax.set_x_label("Quarter")
    ^^^^^^^^^^^^^^
AttributeError: 'Axes' object has no attribute 'set_x_label'. Did you mean: 'set_xlabel'?`,
  },
};

const unscored: Draft = {
  code: chartCode({ grid: false }),
  render: drawChart({ grid: false }),
  found: 'Two tries gave no JSON that could be read; the last reply ended in the middle of the list.',
  criticReply: '{"errors": [{"category": "style_error", "severity": 1, "location": "plot ar',
};

const better: Draft = {
  code: chartCode({ yLabel: 'Revenue', colours: ['#2f6db3', '#e08a2e', '#6a4a9d'] }),
  render: drawChart({ yLabel: 'Revenue', colours: ['#2f6db3', '#e08a2e', '#6a4a9d'] }),
  found: [
    {
      category: 'style_error',
      severity: 2,
      location: 'third bar of every quarter, and the legend',
      description: 'Asia Pacific is drawn in purple; the reference uses green (#4a9d6a).',
      box: [0.24, 0.55, 0.705, 0.315],
    },
    {
      category: 'text_error',
      severity: 1,
      location: 'label of the vertical axis',
      description: 'The unit is missing: it should read "Revenue (million EUR)".',
      box: [0.012, 0.3, 0.04, 0.38],
    },
  ],
};

const best: Draft = {
  code: chartCode({ values: [47, 29] }),
  render: drawChart({ values: [europe ?? [], americas ?? [], [18, 24, 23, 29]] }),
  found: [
    {
      category: 'data_error',
      severity: 1,
      location: 'Q4, third bar',
      description: 'Asia Pacific in Q4 is drawn as 29; the reference shows 31.',
      box: [0.868, 0.55, 0.062, 0.315],
    },
  ],
};

/**
 * A run as a report would show it: a poor draft, one that does not render, one that the critic could not
 * judge, then two better ones. Made up for tests, so both models are labelled simulated.
 */
export function sampleRun(): SampleRun {
  return runOf(drawChart(), [first, broken, unscored, better, best]);
}

/** Strings that would break out of a careless page, wherever a model or a user can write one. */
export const hostile = [
  '</script><script>window.pwned = "script"</script>',
  '<!--<script>',
  ']]><img src=x onerror="window.pwned = `image`">',
  '<svg onload="window.pwned = 1">',
  '"\'`&lt;{{data}}$&$`\u2028\u2029\u202e\u0000',
  'javascript:window.pwned=1',
].join(' ');

/** A run in which every text that a model, a critic or a file name brings is hostile. */
export function hostileRun(): SampleRun {
  const found = [{ category: hostile, severity: 3, location: hostile, description: hostile } as const];
  const render = { kind: 'render-failure', outcome: 'syntax-error', message: hostile, line: 99_999 } as const;
  return runOf(
    drawChart(),
    [
      { code: `# ${hostile}\n`.repeat(3), reply: hostile, render: drawChart(), found, criticReply: hostile },
      { code: `<!-- ${hostile} -->`, render: { ...render, detail: hostile } },
      { code: hostile, render: drawChart(), found: hostile, hacks: [{ kind: 'blank', message: hostile }] },
    ],
    {
      input: { ...runOf(drawChart(), []).record.input, name: hostile },
      task: hostile,
      message: hostile,
      error: { name: hostile, message: hostile },
      strategy: { name: hostile, settings: { [hostile]: hostile } },
      generator: { name: hostile, source: 'model' },
      critic: { name: hostile, source: 'embedded' },
    },
  );
}
