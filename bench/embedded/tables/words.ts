import type { Random } from '../random.ts';

/** What a column holds: how its cells read and how they are set. */
export interface ColumnKind {
  readonly name: string;
  readonly numeric: boolean;
  cell(random: Random): string;
}

const people = [
  'Anna Keller',
  'Tomás Rivera',
  'J. Okafor',
  'Mei Lin',
  'Priya Nair',
  'Lars Holm',
  'Sofia Rossi',
  'O. Petrov',
  'Grace Adeyemi',
  'Yuki Tanaka',
  'Paul Weber',
  'Hannah Cole',
  'Ibrahim Sesay',
  'Nora Quinn',
] as const;
const places = [
  'Hamburg',
  'Osaka',
  'New York',
  'São Paulo',
  'Nairobi',
  'Lisbon',
  'Kraków',
  'Tel Aviv',
  'Montreal',
  'Perth',
  'Buenos Aires',
  'Jakarta',
  'Oslo',
  'San Diego',
  'Cape Town',
  'Lyon',
] as const;
const things = [
  'Pump housing',
  'Steel bolt M8',
  'Valve seat',
  'Copper wire',
  'Filter set',
  'Gear wheel',
  'Oil seal',
  'Control board',
  'Power supply',
  'Hose clamp',
  'Bearing 6204',
  'Flat washer',
  'Drive belt',
  'Fan unit',
] as const;
const measures = [
  'Body mass index',
  'Systolic pressure',
  'Heart rate',
  'Total cholesterol',
  'Age at onset',
  'Serum albumin',
  'White cell count',
  'Haemoglobin',
  'Creatinine',
  'Follow-up time',
  'Smoking status',
  'Daily dose',
] as const;
const methods = [
  'ResNet-50',
  'ViT-B/16',
  'Baseline',
  'Ours (small)',
  'Ours (large)',
  'BERT-base',
  'Random forest',
  'XGBoost',
  'Linear probe',
  'k-NN',
  'SVM (RBF)',
  'GPT-2',
  'U-Net',
  'LSTM + CRF',
] as const;
const sentences = [
  'Ships within two working days',
  'Needs a second reading by the team',
  'Replaced by the newer model in May',
  'Only sold together with the base unit',
  'Results were confirmed on a second site',
  'Measured at rest, three times in a row',
  'No change was seen after four weeks',
  'Requires a written order from the office',
  'Stored at room temperature, away from light',
] as const;

export const sections = [
  'Primary outcomes',
  'Secondary outcomes',
  'North region',
  'South region',
  'Women',
  'Men',
] as const;
export const groups = [
  'Group A',
  'Group B',
  'Control',
  'Treated',
  'Spring',
  'Autumn',
  'Cohort 1',
  'Cohort 2',
] as const;
export const spans = [
  'Training set',
  'Test set',
  'First quarter',
  'Second quarter',
  'Before',
  'After treatment',
] as const;

const grouped = (value: number) => value.toLocaleString('en-US');

/** First columns: what a row is about. */
export const stubs: readonly [ColumnKind, ...ColumnKind[]] = [
  { name: 'Name', numeric: false, cell: (random) => random.pick(people) },
  { name: 'City', numeric: false, cell: (random) => random.pick(places) },
  { name: 'Article', numeric: false, cell: (random) => random.pick(things) },
  { name: 'Variable', numeric: false, cell: (random) => random.pick(measures) },
  { name: 'Method', numeric: false, cell: (random) => random.pick(methods) },
  {
    name: 'Order no.',
    numeric: false,
    cell: (random) => `${random.pick(['A', 'K', 'PX', 'ZN'])}-${random.whole(1000, 9999)}`,
  },
];

export const columns: readonly [ColumnKind, ...ColumnKind[]] = [
  { name: 'Count', numeric: true, cell: (random) => String(random.whole(0, 250)) },
  { name: 'Units sold', numeric: true, cell: (random) => grouped(random.whole(800, 2_500_000)) },
  {
    name: 'Mean',
    numeric: true,
    cell: (random) => (random.next() * 200 - 40).toFixed(random.pick([1, 2, 3])),
  },
  { name: 'Share', numeric: true, cell: (random) => `${(random.next() * 100).toFixed(1)}%` },
  {
    name: 'Price',
    numeric: true,
    cell: (random) => `${random.pick(['$', '€'])}${grouped(random.whole(3, 4000))}.${random.whole(10, 99)}`,
  },
  {
    name: 'p-value',
    numeric: true,
    cell: (random) => (random.chance(0.3) ? '<0.001' : random.next().toFixed(3)),
  },
  {
    name: 'Mean (SD)',
    numeric: true,
    cell: (random) => `${(random.next() * 90).toFixed(1)} (${(random.next() * 20).toFixed(1)})`,
  },
  {
    name: 'Value ± SE',
    numeric: true,
    cell: (random) => `${(random.next() * 50).toFixed(2)} ± ${random.next().toFixed(2)}`,
  },
  { name: 'Range', numeric: true, cell: (random) => `${random.whole(0, 40)}-${random.whole(41, 400)}` },
  {
    name: 'Date',
    numeric: false,
    cell: (random) =>
      `${random.whole(2009, 2025)}-${String(random.whole(1, 12)).padStart(2, '0')}-${String(random.whole(1, 28)).padStart(2, '0')}`,
  },
  {
    name: 'Status',
    numeric: false,
    cell: (random) => random.pick(['Open', 'Closed', 'Yes', 'No', 'Pending', 'n/a']),
  },
  {
    name: 'Code',
    numeric: false,
    cell: (random) => `${random.pick(['B', 'H', 'Q', 'TR'])}${random.whole(10, 999)}`,
  },
  { name: 'Site', numeric: false, cell: (random) => random.pick(places) },
  { name: 'Contact', numeric: false, cell: (random) => random.pick(people) },
];

/** A column whose cells wrap. */
export const remarks: ColumnKind = {
  name: 'Remarks',
  numeric: false,
  cell: (random) => random.pick(sentences),
};
