import type { Command } from 'commander';
import * as z from 'zod';
import { chartMimic } from '../../bench/benchmarks/chartmimic.ts';
import { olmOcrBench } from '../../bench/benchmarks/olmocr.ts';
import { omniDocBench } from '../../bench/benchmarks/omnidocbench.ts';
import { uniSvgBench } from '../../bench/benchmarks/unisvg.ts';
import type { Io } from '../io.ts';
import { codeBenchCommand } from './code.ts';

const images = z
  .string()
  .optional()
  .describe("folder that picture paths start from; default: the dataset's own");
const tableLanguage = z.enum(['html', 'markdown']).default('html').describe('language that is generated');
const description =
  'Generates code for every picture with the chosen generator, critic and strategy, or takes the outputs that\nare there, and scores it. What fails counts as the worst and stays in every mean.';

const ChartMimicOptions = z.strictObject({
  parts: z
    .array(z.enum(['direct', 'customized']))
    .default(['direct'])
    .describe('parts of the benchmark'),
  judge: z
    .string()
    .optional()
    .describe('model that judges the high level: provider:model, or a configured name'),
  referenceCompatible: z
    .boolean()
    .default(false)
    .describe("as the field's script, where a fix of ours changes a value (docs/metrics.md)"),
});

export function benchChartMimicCommand(io: Io): Command {
  return codeBenchCommand(io, {
    name: 'chartmimic',
    summary: 'charts to matplotlib',
    description,
    dataset: "the folder of ChartMimic's release, with direct_600 and the like in it",
    own: ChartMimicOptions,
    made: ({ judge = null, parts, referenceCompatible }) => ({ parts, judge, referenceCompatible }),
    models: ({ judge }) => ({ judge }),
    open: (root, own) => chartMimic({ ...own, root, judge: own.judge }),
  });
}

const TableOptions = z.strictObject({ images, language: tableLanguage });

export function benchOmniDocBenchCommand(io: Io): Command {
  return codeBenchCommand(io, {
    name: 'omnidocbench',
    summary: 'tables of OmniDocBench to HTML or Markdown',
    description,
    dataset: 'OmniDocBench.json; the pages are in images/ beside it',
    own: TableOptions,
    made: ({ language }) => ({ language }),
    models: () => ({}),
    open: (file, own) => omniDocBench({ ...own, file }),
  });
}

export function benchOlmOcrCommand(io: Io): Command {
  return codeBenchCommand(io, {
    name: 'olmocr',
    summary: 'table tests of olmOCR-bench',
    description,
    dataset: 'a JSONL file of tests, or their folder; the pages are in images/ beside them',
    own: TableOptions,
    made: ({ language }) => ({ language }),
    models: () => ({}),
    open: (path, own) => olmOcrBench({ ...own, path }),
  });
}

const UniSvgOptions = z.strictObject({
  images,
  clip: z.string().optional().describe('folder of CLIP-L/14@336 (docs/metrics.md)'),
  lpips: z.string().optional().describe('folder of an LPIPS network with AlexNet'),
});

export function benchUniSvgCommand(io: Io): Command {
  return codeBenchCommand(io, {
    name: 'unisvg',
    summary: 'pictures to SVG',
    description,
    dataset: "UniSVG's JSON file; the pictures are in png/ beside it",
    own: UniSvgOptions,
    made: ({ clip = null, lpips = null }) => ({ clip, lpips }),
    models: ({ clip, lpips }) => ({ clip, lpips }),
    open: (file, own) => uniSvgBench({ file, images: own.images }),
  });
}
