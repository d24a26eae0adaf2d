import type { OperatorInfo } from '../damage.ts';

type Entry = readonly [name: string, severity: string, does: string];

const of = (category: string, entries: readonly Entry[]): OperatorInfo[] =>
  entries.map(([name, severity, does]) => ({ name, category, severity, does }));

/** What the Python files beside this one do, each by the operator's name. */
export const chartOperators: readonly OperatorInfo[] = [
  ...of('structure_error', [
    ['series-missing', '3', 'leaves out a series of several'],
    ['series-kind-changed', '2 for steps, else 3', 'draws a line as points or steps, points as a line'],
    ['legend-missing', '2', 'leaves out the legend'],
    ['legend-moved', '1', 'puts the legend into another corner'],
    ['line-extra', '2', 'draws a line across the plotting area'],
    ['axis-turned', '3', 'turns an axis round'],
    ['colorbar-missing', '2', 'leaves out the colour bar'],
  ]),
  ...of('data_error', [
    ['value-changed', '3 from 30% of the extent of the values, else 2', 'changes one value by 18 to 55%'],
    ['values-swapped', '3 when they differ by 30% of the extent, else 2', 'swaps two neighbouring values'],
    ['series-scaled', '3', 'multiplies all values of a series by 0.6, 0.7, 1.3 or 1.4'],
    ['axis-range-changed', '2', 'has an axis run further than it should'],
    ['axis-scale-changed', '3', 'makes a linear axis logarithmic, or the reverse'],
  ]),
  ...of('text_error', [
    ['text-misspelt', '1', 'takes one letter of a text for a like one'],
    ['title-changed', '2', 'puts another word into a title'],
    ['title-missing', '2', 'leaves out a title'],
    ['axis-label-changed', '2', "puts another word into an axis's label"],
    ['axis-label-missing', '2', "leaves out an axis's label"],
    ['unit-changed', '3', "changes the unit in an axis's label"],
    ['entry-changed', '2', 'puts another word into a tick label or an entry of the legend'],
    ['annotation-changed', '2', 'puts another word into an annotation'],
    ['annotation-missing', '1', 'leaves out an annotation'],
  ]),
  ...of('style_error', [
    ['recoloured', '2 for what is plotted, else 1', 'draws something in another colour'],
    ['line-style-changed', '1', 'breaks a line into dots, or closes a broken one'],
    ['line-width-changed', '1', 'draws a line 2.5 to 3.5 times as thick'],
    ['marker-changed', '1', 'changes the markers of a line or of points'],
    ['hatch-added', '1', 'hatches bars'],
    ['font-size-changed', '1', 'sets a title or label 1.5 to 1.8 times as large'],
    ['colour-map-changed', '2', 'draws a field of values in other colours'],
    ['grid-changed', '1', 'leaves out grid lines, or adds some'],
    ['ground-recoloured', '1', 'colours the background of the plotting area'],
  ]),
];
