import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { entriesOf } from '../read/entry.ts';
import { linesOf } from '../read/lines.ts';

/** What the release says of one chart besides its files. */
export interface ChartMimicNotes {
  readonly instruction?: string | undefined;
  /** Inches. */
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  /** Path of the picture that is shown, from the release's folder. */
  readonly input?: string | undefined;
}

const Listed = z.looseObject({
  ExampleID: z.string(),
  Task: z.string(),
  Instruction: z.string().optional(),
  InputFigure: z.string().optional(),
});
const Dimensions = z.looseObject({
  idx: z.string(),
  width: z.number().optional(),
  height: z.number().optional(),
  instruction: z.string().optional(),
});

/** By the chart's name; empty where the release's notes do not lie in the folder. */
export async function notesBeside(
  root: string,
  task: 'direct' | 'customized',
  split: string,
  signal?: AbortSignal,
): Promise<Map<string, ChartMimicNotes>> {
  const notes = new Map<string, ChartMimicNotes>();
  const dimensions = join(root, task === 'direct' ? 'dimentions_info.jsonl' : 'dimentions_info_edit.jsonl');
  if (await exists(dimensions)) {
    for await (const { value } of entriesOf(dimensions, linesOf(dimensions, signal), Dimensions)) {
      const { idx, instruction, width, height } = value;
      notes.set(idx, { instruction, width, height });
    }
  }
  const list = join(root, 'test.jsonl');
  if (await exists(list)) {
    for await (const { value } of entriesOf(list, linesOf(list, signal), Listed)) {
      // Named by the folder in the newer release, in words in the older.
      const named = value.Task.toLowerCase();
      if (named !== split && !(named.startsWith(task) && !/_\d+$/.test(named))) continue;
      notes.set(value.ExampleID, { instruction: value.Instruction, input: value.InputFigure });
    }
  }
  return notes;
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    (info) => info.isFile(),
    () => false,
  );
}
