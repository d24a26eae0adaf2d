import type * as z from 'zod';
import { DatasetError } from '../../core/errors.ts';
import type { Located } from './lines.ts';

/** An entry of a dataset's file, and where it stands: `file:line`. */
export interface Entry<T> {
  readonly value: T;
  readonly source: string;
}

/**
 * Reads pieces of JSON by a schema.
 * @throws DatasetError that names file, line and the field that is wrong.
 */
export async function* entriesOf<T>(
  file: string,
  pieces: AsyncIterable<Located>,
  schema: z.ZodType<T>,
): AsyncGenerator<Entry<T>> {
  for await (const piece of pieces) {
    const source = `${file}:${piece.line}`;
    yield { value: parsed(piece, source, schema), source };
  }
}

function parsed<T>({ text, last }: Located, source: string, schema: z.ZodType<T>): T {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    const why = last
      ? 'the last line is cut off, so the file was half written. Delete that line or write the file again'
      : `this is no JSON (${cause instanceof Error ? cause.message : String(cause)})`;
    throw new DatasetError(`${source}: ${why}.`, { cause });
  }
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const field = issue && issue.path.length > 0 ? `field "${issue.path.join('.')}"` : 'the entry';
  throw new DatasetError(`${source}: ${field} is wrong: ${issue?.message ?? 'unreadable'}.`, {
    cause: result.error,
  });
}

/** Refuses an id that came before. */
export function uniqueIds(): (id: string, source: string) => void {
  const seen = new Map<string, string>();
  return (id, source) => {
    const before = seen.get(id);
    if (before !== undefined)
      throw new DatasetError(`${source}: the id "${id}" was given before, at ${before}.`);
    seen.set(id, source);
  };
}
