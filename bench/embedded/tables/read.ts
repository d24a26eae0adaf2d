import { embeddedGenerator } from '../../../agents/embedded/generator.ts';
import type { Renderer } from '../../../core/render.ts';
import { table } from '../../../core/tasks/table.ts';
import { teds } from '../../../metrics/teds.ts';
import { embeddedCritic } from '../../../tools/critic/embedded/critic.ts';
import type { Ocr } from '../../../tools/ocr/ocr.ts';
import type { PartOptions } from '../half.ts';
import { refined } from '../refined.ts';
import { type Row, TRUSTED, unread } from '../row.ts';
import { cellsOf, type TruthCell } from './cells.ts';
import { drawSample } from './draw.ts';
import { truthHtml } from './page.ts';
import { sampleOf } from './sample.ts';

const COUNT = 48;

/** Reads a set of generated tables. */
export async function readTables(
  { seed, count = COUNT, say }: PartOptions,
  { ocr, renderer }: { readonly ocr: Ocr; readonly renderer: Renderer },
): Promise<Row[]> {
  const generator = embeddedGenerator({ renderers: [renderer], ocr });
  const pair = {
    task: table,
    language: table.languages[0],
    renderer,
    critic: embeddedCritic({ ocr }),
    generate: generator.generate,
  };
  const rows: Row[] = [];
  for (let i = 0; i < count; i++) {
    const sample = sampleOf(seed + i);
    const image = await drawSample(sample, renderer);
    const result = await refined(image, pair);
    if (result.kind === 'abstained') {
      say(`${sample.name}: ${result.reason}`);
      rows.push(unread(sample.kind, result.all));
      continue;
    }
    const { draft, rounds, first, all } = result;
    const truth = truthHtml(sample.grid);
    const [wanted, got] = [cellsOf(truth), cellsOf(draft.code)];
    const sameGrid = wanted.map(placeOf).join() === got.map(placeOf).join();
    const same = (is: (a: string, b: string) => boolean) =>
      wanted.filter((cell) => {
        const other = got.find((one) => one.row === cell.row && one.column === cell.column);
        return other !== undefined && is(cell.text, other.text);
      }).length;
    const exact = same((a, b) => a === b);
    const meant = same((a, b) => lettersOf(a) === lettersOf(b));
    const row: Row = {
      group: sample.kind,
      read: (draft.confidence ?? 0) >= TRUSTED,
      right: sameGrid && meant === wanted.length,
      scores: { TEDS: teds(draft.code, truth).value },
      counts: {
        'cells exact': [exact, wanted.length],
        'letters and digits right': [meant, wanted.length],
        'grid right': [sameGrid ? 1 : 0, 1],
      },
      rounds,
      first,
      all,
    };
    rows.push(row);
    if (!row.right)
      say(
        `${sample.name} ${sample.look.format}: ${differences(wanted, got)}, confidence ${draft.confidence}`,
      );
  }
  return rows;
}

function placeOf({ row, column, rowspan, colspan }: TruthCell): string {
  return `${row} ${column} ${rowspan} ${colspan}`;
}

/** A text without blanks and accents: what is left is what a wrong reading would change the sense of. */
function lettersOf(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}|\s/gu, '')
    .replace(/[–—−]/g, '-');
}

function differences(wanted: readonly TruthCell[], got: readonly TruthCell[]): string {
  const texts = wanted.flatMap((cell) => {
    const other = got.find((one) => placeOf(one) === placeOf(cell));
    return other && lettersOf(other.text) === lettersOf(cell.text)
      ? []
      : [`"${cell.text}" as ${other ? `"${other.text}"` : 'no cell of its own'}`];
  });
  return texts.slice(0, 4).join('; ');
}
