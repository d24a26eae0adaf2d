import { seededApart } from '../random.ts';

const sentences = [
  'The first boats left the harbour before the sun had cleared the hills.',
  'Nobody had expected the bridge to hold through a second winter.',
  'She kept the letters in a tin box under the stairs, tied with string.',
  'Rain fell for nine days, and on the tenth the river took the mill.',
  'They measured the field twice and came to a different number each time.',
  'A single lamp burned in the station, where the last train was long gone.',
  'The map was older than the road, and far more certain of itself.',
  'When the orchestra stopped, the silence was the louder of the two.',
  'He counted the steps to the door and forgot the number at once.',
] as const;

/** A page of running text, in one column or two: no table. */
export function pageOf(seed: number): string {
  const random = seededApart(seed);
  const paragraph = () =>
    `<p>${Array.from({ length: random.whole(3, 6) }, () => random.pick(sentences)).join(' ')}</p>`;
  const font = random.pick(['Liberation Serif', 'Liberation Sans', 'DejaVu Sans']);
  const columns = random.pick([1, 1, 2]);
  const text = `<div style="width:${random.whole(420, 700)}px;column-count:${columns};column-gap:28px;font:${random.whole(13, 17)}px '${font}';text-align:${random.pick(['left', 'justify'])}">
<h2>${random.pick(['The mill', 'Harbour', 'An old map'])}</h2>${Array.from({ length: random.whole(2, 5) }, paragraph).join('\n')}</div>`;
  // The renderer of tables photographs nothing but tables.
  return `<table><tr><td style="border:0">${text}</td></tr></table>`;
}
