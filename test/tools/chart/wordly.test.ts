import { expect, it } from 'vitest';
import { wordly } from '../../../tools/chart/ocr.ts';

it.each([
  ['8iomass', 'Biomass'],
  ['Weather 5tation Readings', 'Weather Station Readings'],
  ['0utput (TWh)', 'Output (TWh)'],
  ['5ales', 'Sales'],
])('a digit before the rest of a word is the capital that it looks like: %s', (read, word) => {
  expect(wordly(read)).toBe(word);
});

it.each(['5min average', '8bit', '5th quarter', '0.5 mm', '50 shots', 'H5N1', '5-fold', '8core'])(
  'a digit that counts something stays: %s',
  (text) => {
    expect(wordly(text)).toBe(text);
  },
);
