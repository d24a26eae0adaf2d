import type { Severity } from '../../../core/discrepancy.ts';
import { shuffled } from '../random.ts';
import { isDigit, otherDigit } from '../spelling.ts';
import type { TableOperator } from './grid.ts';
import { numbersOf, offBy, type WrittenNumber } from './numbers.ts';
import { cellKey, clipped, placeOf } from './words.ts';

const category = 'numeric_error';
const rule = '3 when off by a tenth or more, 2 by a hundredth or more, else 1';

/** An operator that changes one number at a time; `change` gives the whole text with the number wrong. */
function numberOperator(
  info: Omit<TableOperator, 'propose' | 'category'>,
  change: (text: string, number: WrittenNumber, random: () => number) => string | undefined,
  severity: (right: string, wrong: string) => Severity,
): TableOperator {
  return {
    ...info,
    category,
    *propose(table, random) {
      const runs = table.rows.flatMap(({ cells }) =>
        cells.flatMap((cell) => cell.texts.map((run) => ({ cell, run }))),
      );
      for (const { cell, run } of shuffled(random, runs)) {
        const [number] = shuffled(random, numbersOf(run.value));
        const wrong = number && change(run.value, number, random);
        if (wrong === undefined || wrong === run.value) continue;
        const [before, after] = [clipped(run.value.trim()), clipped(wrong.trim())];
        const location = placeOf(cell, table);
        yield {
          severity: severity(number?.text ?? '', numberAt(wrong, number?.start ?? 0)),
          location,
          // Critics of tables give no location: their description has to say where.
          description:
            after === ''
              ? `In ${location}, the number ${before} is missing.`
              : `In ${location}, the cell reads "${after}"; it should read "${before}".`,
          edits: [{ start: run.start, end: run.end, text: table.write.text(wrong) }],
          touches: [cellKey(cell)],
        };
      }
    },
  };
}

function numberAt(text: string, start: number): string {
  return numbersOf(text).find(({ end }) => end > start)?.text ?? '';
}

function byError(right: string, wrong: string): Severity {
  const off = offBy(right, wrong);
  return off >= 0.1 ? 3 : off >= 0.01 ? 2 : 1;
}

const put = (text: string, { start, end }: WrittenNumber, by: string) =>
  text.slice(0, start) + by + text.slice(end);

const digitPlaces = ({ text }: WrittenNumber) =>
  [...text].flatMap((character, index) => (isDigit(character) ? [index] : []));

const digitChanged = numberOperator(
  { name: 'digit-changed', severity: rule, does: 'changes one digit of a number' },
  (text, number, random) => {
    const [place = 0] = shuffled(random, digitPlaces(number));
    const digit = otherDigit(number.text[place] ?? '0', random);
    // A number does not begin with a nought that was not there.
    if (place === 0 && digit === '0' && number.text.length > 1) return undefined;
    return put(text, number, number.text.slice(0, place) + digit + number.text.slice(place + 1));
  },
  byError,
);

const digitsSwapped = numberOperator(
  { name: 'digits-swapped', severity: rule, does: 'swaps two unlike neighbouring digits of a number' },
  (text, number, random) => {
    const places = digitPlaces(number).filter((place) => {
      const [one, next] = [number.text[place], number.text[place + 1]];
      return isDigit(next ?? '') && one !== next && !(place === 0 && next === '0');
    });
    const [place] = shuffled(random, places);
    if (place === undefined) return undefined;
    const swapped = `${number.text[place + 1]}${number.text[place]}`;
    return put(text, number, number.text.slice(0, place) + swapped + number.text.slice(place + 2));
  },
  byError,
);

const pointMoved = numberOperator(
  { name: 'point-moved', severity: '3', does: 'moves the decimal point of a number by one place' },
  (text, number) => {
    const [whole = '', fraction, ...more] = number.text.split('.');
    if (fraction === undefined || more.length > 0 || whole === '0' || whole.includes(',')) return undefined;
    const moved =
      whole.length > 1
        ? `${whole.slice(0, -1)}.${whole.at(-1)}${fraction}`
        : `${whole}${fraction[0]}${fraction.length > 1 ? `.${fraction.slice(1)}` : ''}`;
    return put(text, number, moved);
  },
  () => 3,
);

const signChanged = numberOperator(
  { name: 'sign-changed', severity: '3', does: "takes a number's minus sign away, or gives it one" },
  (text, number) => {
    const before = text[number.start - 1];
    if (before === '-' || before === '−') {
      const range = isDigit(text[number.start - 2] ?? '');
      return range ? undefined : text.slice(0, number.start - 1) + text.slice(number.start);
    }
    const alone = text.trim() === number.text && Number(number.text) !== 0;
    return alone ? put(text, number, `-${number.text}`) : undefined;
  },
  () => 3,
);

const digitLost = numberOperator(
  { name: 'digit-lost', severity: rule, does: 'leaves out one digit of a number' },
  (text, number, random) => {
    const places = digitPlaces(number).filter((place) => {
      const beside = [number.text[place - 1], number.text[place + 1]];
      // What is left still looks like a number: a digit remains on each side of a point.
      return place > 0 && beside.some((other) => other !== undefined && isDigit(other));
    });
    const [place] = shuffled(random, number.text.includes(',') ? [] : places);
    if (place === undefined) return undefined;
    return put(text, number, number.text.slice(0, place) + number.text.slice(place + 1));
  },
  byError,
);

const numberMissing = numberOperator(
  { name: 'number-missing', severity: '2', does: 'leaves out the number of a cell' },
  (text, number) => (text.trim() === number.text ? put(text, number, '') : undefined),
  () => 2,
);

const percentLost = numberOperator(
  { name: 'percent-lost', severity: '2', does: 'leaves out a percent sign' },
  (text, number) => {
    const at = text[number.end] === ' ' ? number.end + 1 : number.end;
    return text[at] === '%' ? text.slice(0, number.end) + text.slice(at + 1) : undefined;
  },
  () => 2,
);

export const numericOperators: readonly TableOperator[] = [
  ...[digitChanged, digitsSwapped, digitLost, pointMoved, signChanged, numberMissing, percentLost],
];
