/** Writes the published JSON Schemas from the zod schemas in core/. `npm run build:schema`; a test keeps them true. */
import { writeFileSync } from 'node:fs';
import * as z from 'zod';
import { RunRecord } from '../core/record.ts';

const schema = z.toJSONSchema(RunRecord);
writeFileSync(
  new URL('../schema/run-record.schema.json', import.meta.url),
  `${JSON.stringify(schema, null, 2)}\n`,
);
