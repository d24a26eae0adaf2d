import { expect, it } from 'vitest';
import { percentsOf } from '../../../tools/chart/pie.ts';

const wedge = (text: string | undefined) => ({
  percent:
    text === undefined
      ? undefined
      : {
          text,
          area: { left: 0, top: 0, right: 9, bottom: 9 },
          confidence: 1,
          rotation: 0 as const,
          bold: false,
        },
});

it.each([
  ['all that were read', ['30%', '20.5 %', '49.5%'], [30, 20.5, 49.5]],
  ['one misread among them', ['30%', '209', '50%'], [30, undefined, 50]],
  ['none where a wedge is bare', ['30%', undefined, '50%'], undefined],
  ['none where most are something else', ['30', '20', '50%'], undefined],
])('percentages of wedges: %s', (_, texts, said) => {
  expect(percentsOf(texts.map(wedge))?.map((one) => one.said)).toEqual(said);
});
