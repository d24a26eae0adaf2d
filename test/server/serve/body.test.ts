import fc from 'fast-check';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { parseJson } from '../../../server/serve/body.ts';
import { Refused } from '../../../server/serve/refused.ts';

it('every JSON text of reasonable shape is read as it is, whatever its strings hold', () => {
  const strings = fc.string({
    unit: fc.constantFrom('[', ']', '{', '}', ',', '"', '\\', 'a', '\n', '\u2028'),
  });
  fc.assert(
    fc.property(
      fc.dictionary(strings, fc.array(fc.oneof(strings, fc.jsonValue({ maxDepth: 4 })))),
      (value) => {
        const text = JSON.stringify(value);
        expect(JSON.stringify(parseJson(text, z.unknown()))).toBe(JSON.stringify(JSON.parse(text)));
      },
    ),
  );
});

it('whatever is sent, it is read or refused', () => {
  const pieces = fc.constantFrom('[', ']', '{', '}', ',', ':', '"', '\\', '1', 'null', '"a"');
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 60 }), (texts) => {
      try {
        parseJson(texts.join(''), z.json());
      } catch (error) {
        expect(error).toBeInstanceOf(Refused);
      }
    }),
  );
});
