import { parseArgs } from 'node:util';
import { embeddedGenerator } from '../../agents/embedded/generator.ts';
import { ConfigError } from '../../core/errors.ts';
import type { Generated, PreviousDraft } from '../../core/generator.ts';
import type { Picture } from '../../core/picture.ts';
import type { Renderer } from '../../core/render.ts';
import { svg } from '../../core/tasks/svg.ts';
import { embeddedCritic } from '../../tools/critic/embedded/critic.ts';
import { pixelsOf } from '../../tools/image/pixels.ts';
import { ssim } from '../../tools/image/ssim.ts';
import { svgRenderer } from '../../tools/render/svg.ts';
import { type IconCase, iconSet } from './icon-set.ts';

/** Reads each icon of a generated set with the embedded pair, up to three revisions, and prints what came of it. */
const { values } = parseArgs({
  options: {
    half: { type: 'string', default: 'development' },
    count: { type: 'string', default: '6' },
    only: { type: 'string', default: '' },
    verbose: { type: 'boolean', default: false },
  },
});
if (values.half !== 'development' && values.half !== 'report') {
  throw new ConfigError(`--half is development or report, not "${values.half}".`);
}

interface Row {
  readonly icon: IconCase;
  readonly ssim: number;
  readonly bytes: number;
  readonly elements: number;
  /** Severity sum by round. */
  readonly severities: readonly number[];
  readonly confidence: number;
  /** Milliseconds of the first draft. */
  readonly ms: number;
}

const renderer = svgRenderer();
const generator = embeddedGenerator({ renderers: [renderer] });
const critic = embeddedCritic();
const language = svg.languages[0];

async function draw(from: Renderer, code: string, size: number): Promise<Picture> {
  const result = await from.render({ code, size: { width: size, height: size } });
  if (result.kind === 'render-failure') throw new Error(`${result.message}\n${code}`);
  return result.picture;
}

async function read(icon: IconCase): Promise<Row> {
  const image = await draw(renderer, icon.svg, icon.size);
  const severities: number[] = [];
  let [generated, previous, ms]: [Generated | undefined, PreviousDraft | undefined, number] = [
    undefined,
    undefined,
    0,
  ];
  let render = image;
  for (let round = 0; round <= 3; round++) {
    const start = performance.now();
    generated = await generator.generate({ task: svg, language, image, ...(previous && { previous }) });
    if (round === 0) ms = performance.now() - start;
    render = await draw(renderer, generated.code, icon.size);
    const feedback = await critic.critique({ task: svg, reference: image, candidate: render });
    if (feedback.kind === 'critic-failure') throw new Error(feedback.reason);
    severities.push(feedback.severitySum);
    previous = { code: generated.code, feedback };
    if (generated.exhausted || feedback.severitySum === 0) break;
  }
  const code = generated?.code ?? '';
  return {
    icon,
    ssim: ssim(await pixelsOf(image), await pixelsOf(render)),
    bytes: Buffer.byteLength(code),
    elements: code.match(/<(?!\/|svg|g|defs|stop|linearG|radialG)/g)?.length ?? 0,
    severities,
    confidence: generated?.confidence ?? 0,
    ms,
  };
}

const quantile = (items: readonly number[], share: number) =>
  [...items].sort((a, b) => a - b)[Math.min(items.length - 1, Math.floor(items.length * share))] ??
  Number.NaN;

function line(name: string, rows: readonly Row[]): string {
  const of = (value: (row: Row) => number) => rows.map(value);
  const last = (row: Row) => row.severities.at(-1) ?? 0;
  return [
    name.padEnd(14),
    `n ${String(rows.length).padStart(3)}`,
    `ssim median ${quantile(
      of((row) => row.ssim),
      0.5,
    ).toFixed(4)} p10 ${quantile(
      of((row) => row.ssim),
      0.1,
    ).toFixed(4)}`,
    `bytes ${quantile(
      of((row) => row.bytes),
      0.5,
    )} p90 ${quantile(
      of((row) => row.bytes),
      0.9,
    )}`,
    `elements ${quantile(
      of((row) => row.elements),
      0.5,
    )}`,
    `severity 0: ${rows.filter((row) => row.severities[0] === 0).length} at first, ${rows.filter((row) => last(row) === 0).length} at last`,
    `ms ${quantile(
      of((row) => row.ms),
      0.5,
    ).toFixed(0)} p90 ${quantile(
      of((row) => row.ms),
      0.9,
    ).toFixed(0)}`,
  ].join('  ');
}

const rows: Row[] = [];
for (const icon of iconSet(values.half, Number(values.count))) {
  if (!icon.name.startsWith(values.only)) continue;
  const row = await read(icon);
  rows.push(row);
  if (values.verbose) {
    console.log(
      `${icon.name.padEnd(14)} ${String(icon.size).padStart(4)} px  ssim ${row.ssim.toFixed(4)}  bytes ${row.bytes}  elements ${row.elements}  severity ${row.severities.join(' > ')}  confidence ${row.confidence}  ${row.ms.toFixed(0)} ms`,
    );
  }
}
for (const kind of new Set(rows.map(({ icon }) => icon.kind))) {
  console.log(
    line(
      kind,
      rows.filter(({ icon }) => icon.kind === kind),
    ),
  );
}
console.log(line(`all, ${values.half}`, rows));
await renderer.close();
