import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { RunRecord } from '../../core/record.ts';

it('the published JSON Schema is the one of the zod schema (npm run build:schema)', () => {
  const published: unknown = JSON.parse(
    readFileSync(new URL('../../schema/run-record.schema.json', import.meta.url), 'utf8'),
  );
  expect(published).toEqual(JSON.parse(JSON.stringify(z.toJSONSchema(RunRecord))));
});
