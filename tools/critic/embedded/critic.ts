import type { Critic } from '../../../core/critic.ts';
import { type CriticResult, critiqueOf } from '../../../core/critique.ts';
import { ModelNeeded } from '../../../core/errors.ts';
import type { Picture } from '../../../core/picture.ts';
import { noUsage } from '../../../core/usage.ts';
import { fitWithin, pixelsOf } from '../../image/pixels.ts';
import type { Ocr } from '../../ocr/ocr.ts';
import { type Recent, recent } from '../../recent.ts';
import { compareCharts } from './chart/compare.ts';
import { iconComparer } from './icon.ts';
import { type TableComparer, tableComparer } from './table.ts';

/** Larger pictures are compared at this many pixels: what an icon shows does not hang on more. */
const MAX_PIXELS = 1_500_000;

/**
 * Compares pictures by classical image analysis: no model, no network, the same answer each time. Reads
 * icons (task svg), tables and, given a text reader, plain charts; a table or chart that it cannot read gives a
 * CriticFailure. Without a text reader the texts of tables are compared by their looks.
 * The rules of categories and severities are in docs/embedded.md.
 * @throws ModelNeeded for tasks that it cannot read.
 */
export function embeddedCritic({ ocr }: { readonly ocr?: Ocr } = {}): Critic {
  const tables = recent<Promise<TableComparer | undefined>>(REFERENCES);
  return {
    name: 'embedded',
    source: 'embedded',
    async critique({ task, reference, candidate, signal }) {
      signal?.throwIfAborted();
      if (task.name === 'chart' && ocr) return critiqueChart({ reference, candidate, signal, ocr });
      if (task.name === 'table') return critiqueTable({ reference, candidate, signal, ocr, tables });
      if (task.name !== 'svg') {
        throw new ModelNeeded(
          'critic',
          `The embedded critic does not read pictures of the task "${task.name}" yet: that needs a model`,
        );
      }
      if (reference.digest === candidate.digest) {
        return critiqueOf({ critic: 'embedded', discrepancies: [], residual: 0, usage: noUsage });
      }
      // At the smaller of the two sizes, because enlarging would read blur as a difference.
      const pixels = Math.min(reference.width * reference.height, candidate.width * candidate.height);
      const size = fitWithin(reference, Math.min(MAX_PIXELS, pixels));
      const [wanted, got] = await Promise.all([pixelsOf(reference, size), pixelsOf(candidate, size)]);
      const resampled = reference.width !== candidate.width || reference.height !== candidate.height;
      signal?.throwIfAborted();
      const { discrepancies, residual } = await iconComparer(wanted, { resampled })(got);
      return critiqueOf({ critic: 'embedded', discrepancies, residual, usage: noUsage });
    },
  };
}

interface Pair {
  readonly reference: Picture;
  readonly candidate: Picture;
  readonly signal: AbortSignal | undefined;
}

/** Larger pictures of tables are compared at this many pixels. */
const MAX_TABLE_PIXELS = 8_000_000;

/** Tables that are kept as they were read, for the next candidate. */
const REFERENCES = 4;

async function critiqueTable({
  reference,
  candidate,
  signal,
  ocr,
  tables,
}: Pair & {
  readonly ocr: Ocr | undefined;
  readonly tables: Recent<Promise<TableComparer | undefined>>;
}): Promise<CriticResult> {
  const readable = (picture: Picture) => pixelsOf(picture, fitWithin(picture, MAX_TABLE_PIXELS));
  const reader = ocr && (await ocr.available()) ? ocr : undefined;
  // Read without the signal: others wait for the same reading.
  const compare = await tables.of(`${reference.digest} ${reader !== undefined}`, async () =>
    tableComparer(await readable(reference), { ...(reader && { ocr: reader }) }),
  );
  signal?.throwIfAborted();
  const got = await readable(candidate);
  if (!compare) {
    const reason = 'The reference cannot be read as a table. Choose a model as the critic.';
    return { kind: 'critic-failure', critic: 'embedded', reason, usage: noUsage };
  }
  const { discrepancies, residual } = await compare(got, signal);
  return critiqueOf({ critic: 'embedded', discrepancies, residual, usage: noUsage });
}

async function critiqueChart({
  reference,
  candidate,
  signal,
  ocr,
}: Pair & { readonly ocr: Ocr }): Promise<CriticResult> {
  const found = await compareCharts(reference, candidate, ocr, signal);
  if (found.kind === 'unreadable') {
    const reason = `The reference cannot be read as a plain chart: ${found.reason}. Choose a model as the critic.`;
    return { kind: 'critic-failure', critic: 'embedded', reason, usage: noUsage };
  }
  const { discrepancies, residual } = found;
  return critiqueOf({ critic: 'embedded', discrepancies, residual, usage: noUsage });
}
