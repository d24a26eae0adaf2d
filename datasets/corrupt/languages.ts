import { ConfigError } from '../../core/errors.ts';
import type { Renderer } from '../../core/render.ts';
import { type ChartReader, chartReader } from './chart/reader.ts';
import type { Operator } from './damage.ts';
import { type Stream, streamsOf } from './draw.ts';
import { openMarkdownReader } from './markdown/reader.ts';
import { svgOperators } from './svg/operators.ts';
import { parseSvg } from './svg/source.ts';
import { readHtmlTable } from './table/html.ts';
import { htmlOperators, markdownOperators } from './table/operators.ts';

/** Code, and what the operators propose to do to it. */
export interface Source {
  /** As the proposals' edits count it. */
  readonly code: string;
  readonly streams: readonly Stream[];
}

export interface Reading {
  readonly seed: number;
  /** Names of the operators to ask. */
  readonly operators: readonly string[];
  readonly signal?: AbortSignal;
}

export interface Reader {
  /** @throws DatasetError when the code is none of the language; ConfigError when nothing damages the language. */
  read(language: string, code: string, reading: Reading): Promise<Source>;
  /** Ends the processes that were started. */
  close(): Promise<void>;
}

export function openReader(rendererOf: (language: string) => Renderer): Reader {
  const markdown = openMarkdownReader();
  let readChart: ChartReader | undefined;
  return {
    async read(language, code, reading) {
      switch (language) {
        case 'matplotlib':
          readChart ??= chartReader(rendererOf(language));
          return { code, streams: await readChart({ code, ...reading }, reading.signal) };
        case 'svg':
          return { code, streams: ask(svgOperators, parseSvg(code), reading) };
        case 'markdown': {
          const table = await markdown.read(code, reading.signal);
          return { code: table.code, streams: ask(markdownOperators, table, reading) };
        }
        case 'html':
          return { code, streams: ask(htmlOperators, readHtmlTable(code), reading) };
        default:
          throw new ConfigError(`No operator damages ${language}.`);
      }
    },
    close: () => markdown.close(),
  };
}

function ask<Source>(
  operators: readonly Operator<Source>[],
  source: Source,
  { seed, operators: names }: Reading,
): Stream[] {
  const wanted = operators.filter(({ name }) => names.includes(name));
  return streamsOf(wanted, source, seed);
}
