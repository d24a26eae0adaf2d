import { DatasetError } from '../../../core/errors.ts';
import { entryBeside } from '../../../tools/render/process/entry.ts';
import { processPool } from '../../../tools/render/process/pool.ts';
import { readHtmlTable } from '../table/html.ts';
import { type TableSource, type TextRun, tableOf, type Writer, type WrittenRow } from '../table/source.ts';
import { type LexedTable, MarkdownReply } from './job.ts';

export interface MarkdownReader {
  /**
   * The largest table of some Markdown, its lines ended by a line feed and its rows by bars; where there is none, the
   * largest that is written in HTML.
   * @throws DatasetError when it cannot be read in 5 seconds; the signal's reason when aborted.
   */
  read(code: string, signal?: AbortSignal): Promise<TableSource>;
  close(): Promise<void>;
}

const TIMEOUT = 5_000;
const MAX_MEMORY = 4 * 1024 ** 3;

/** The lexer runs in a process of its own, since one made of regular expressions can be kept busy for hours. */
export function openMarkdownReader(): MarkdownReader {
  const entry = entryBeside(import.meta.url, './worker');
  const lexers = processPool({ entry, workers: 1, timeout: TIMEOUT, maxMemory: MAX_MEMORY });
  return {
    async read(given, signal) {
      const code = given.replaceAll('\r\n', '\n').replaceAll('\r', '\n');
      const answer = await lexers.run({ code }, signal);
      const reply = 'reply' in answer ? MarkdownReply.parse(answer.reply) : unreadable(answer.ended);
      if ('unreadable' in reply) {
        throw new DatasetError(`The Markdown cannot be damaged: ${reply.unreadable}.`);
      }
      const [table] = reply.toSorted((a, b) => b.rows.length - a.rows.length);
      const at = table ? code.indexOf(table.raw) : -1;
      return table && at >= 0 ? markdownTable(code, at, table) : readHtmlTable(code);
    },
    close: () => lexers.close(),
  };
}

function unreadable(ended: 'timeout' | 'crashed') {
  return { unreadable: ended === 'timeout' ? 'reading it took too long' : 'reading it took too much memory' };
}

function markdownTable(given: string, at: number, { raw, rows: texts }: LexedTable): TableSource {
  const lines = raw.trimEnd().split('\n').map(barred);
  const code = `${given.slice(0, at)}${lines.join('')}${given.slice(at + raw.trimEnd().length)}`;
  const rows: WrittenRow[] = [];
  const rulers: { start: number; end: number }[][] = [];
  let start = at;
  for (const [index, line] of lines.entries()) {
    const cells = cellsOf(line, start);
    const end = start + line.length;
    if (index === 1) rulers.push(cells);
    else {
      const found = texts[rows.length] ?? [];
      rows.push({
        ...{ start, end, tail: end },
        cells: cells.map((cell, column) => ({
          ...cell,
          inner: { start: cell.start + 1, end: cell.end },
          header: index === 0,
          ...{ colspan: 1, rowspan: 1 },
          texts: runsOf(code, cell, found[column] ?? []),
        })),
      });
    }
    start = end;
  }
  return tableOf(code, rows, writer, rulers);
}

/** A row that begins and ends with a bar, and with its line. */
function barred(line: string): string {
  const text = line.trim();
  const front = text.startsWith('|') ? '' : '| ';
  const bars = barsOf(text);
  const back = bars.at(-1) === text.length - 1 && bars.length > 1 ? '' : ' |';
  return `${front}${text}${back}\n`;
}

/** Each cell with the bar before it. */
function cellsOf(line: string, offset: number): { start: number; end: number }[] {
  const bars = barsOf(line);
  return bars.slice(0, -1).map((bar, index) => ({
    start: offset + bar,
    end: offset + (bars[index + 1] ?? line.length),
  }));
}

/** Where a row has a bar that a backslash does not make text. */
function barsOf(line: string): number[] {
  const bars: number[] = [];
  for (let at = 0, escaped = false; at < line.length; at += 1) {
    if (line[at] === '|' && !escaped) bars.push(at);
    escaped = line[at] === '\\' && !escaped;
  }
  return bars;
}

function runsOf(code: string, cell: { start: number; end: number }, texts: readonly string[]): TextRun[] {
  const runs: TextRun[] = [];
  let from = cell.start + 1;
  for (const value of texts) {
    const start = code.indexOf(value, from);
    if (start < 0 || start + value.length > cell.end) continue;
    runs.push({ start, end: start + value.length, value });
    from = start + value.length;
  }
  return runs;
}

const writer: Writer = {
  // Text of other cells is written as it stands there; only what operators make up might need escaping.
  text: (value) => value,
  emptyCell: () => '| ',
  emptyRow: (columns) => `|${' &nbsp; |'.repeat(columns)}\n`,
};
