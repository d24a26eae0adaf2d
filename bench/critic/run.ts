import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigError, DatasetError } from '../../core/errors.ts';
import type { Corrupter } from '../../datasets/corrupt/corrupt.ts';
import { loadKnownPictures } from '../../datasets/known.ts';
import type { Verisim } from '../../runtime/verisim.ts';
import { forEach } from '../each.ts';
import { claimFolder, openLog, writeJson } from '../keep.ts';
import { casesOf, corrupted, type DamageCase, labelled } from './cases.ts';
import { Observation } from './observation.ts';
import { type Probe, probesOf } from './probes.ts';
import { type Calibration, calibrationOf, calibrationReport } from './report.ts';

export interface CalibrationOptions {
  /** Folder of known pictures: NAME.png, its code, NAME.damage.json. */
  readonly pictures: string;
  readonly tasks: readonly string[];
  readonly critic: string;
  readonly repeats: number;
  /** Damages that operators do to each picture's code; left out, the damages are the manifests' own. */
  readonly damages?: number | undefined;
  /** Of the operators' draws. */
  readonly seed: number;
  readonly corrupter: Corrupter;
  readonly out: string;
  readonly concurrency: number;
  readonly verisim: Verisim;
  readonly signal?: AbortSignal | undefined;
  readonly say: (line: string) => void;
  readonly status: (line: string) => void;
}

/**
 * Shows a critic pictures with labelled damage, as they are and changed in ways that should not matter. Each critique
 * is on disk before the next; what is there is not done again.
 * @throws ConfigError, DatasetError, ModelError, RenderError; the signal's reason when aborted, what is done being kept.
 */
export async function calibrate(options: CalibrationOptions): Promise<Calibration> {
  const {
    pictures: folder,
    tasks,
    critic,
    repeats,
    damages: count,
    seed,
    corrupter,
    out,
    concurrency,
    verisim,
    signal,
    say,
    status,
  } = options;
  const pictures = (await loadKnownPictures(folder)).filter(({ task }) => tasks.includes(task.name));
  if (pictures.length === 0)
    throw new DatasetError(`There is no picture of ${tasks.join(', ')} in ${folder}.`);
  const names = pictures.map(({ name }) => name);
  const drawn = count === undefined ? {} : { damages: count, seed };
  await claimFolder(out, { benchmark: 'critic', pictures: names, critic, ...drawn });
  const log = await openLog(join(out, 'observations.jsonl'), Observation);
  if (log.mended) say('The last critique was half written; it is done again.');
  const damageable = await Promise.all(
    pictures.map((known) =>
      count === undefined ? labelled(known) : corrupted(known, { corrupter, seed, count }, signal),
    ),
  );
  const work = damageable
    .flatMap((picture) => casesOf(picture, verisim))
    .flatMap((damageCase) =>
      probesOf(repeats).map((probe) => ({ damageCase, probe, id: `${damageCase.id} ${probe.name}` })),
    );
  const open = work.filter(({ id }) => !log.before.has(id));
  if (open.length < work.length)
    say(`${work.length - open.length} of ${work.length} critiques are there already.`);
  const observations = new Map(log.before);
  let done = 0;
  await forEach(open, { concurrency, signal }, async ({ damageCase, probe, id }, aborted) => {
    const observation = await observe(damageCase, probe, { id, critic, verisim, signal: aborted });
    await log.append(observation);
    observations.set(id, observation);
    status(`  ${++done} of ${open.length}`);
  });
  const ordered = work.flatMap(({ id }) => observations.get(id) ?? []);
  const calibration = calibrationOf(ordered[0]?.result.critic ?? critic, ordered);
  await writeJson(join(out, 'calibration.json'), calibration);
  await writeFile(join(out, 'report.md'), calibrationReport(calibration));
  return calibration;
}

async function observe(
  { id: name, picture, task, damages, reference, candidate }: DamageCase,
  probe: Probe,
  { id, critic, verisim, signal }: { id: string; critic: string; verisim: Verisim; signal: AbortSignal },
): Promise<Observation> {
  const shown = await probe.pair(reference, await candidate(signal));
  const started = performance.now();
  const result = await verisim.critique(...shown, { task, critic, signal }).catch((cause: unknown) => {
    if (!(cause instanceof ConfigError)) throw cause;
    throw new ConfigError(`${cause.message} Or leave such pictures out: --tasks names those to take.`, {
      cause,
    });
  });
  return {
    id,
    case: name,
    picture,
    task,
    labels: damages.map(({ category, severity, box }) => ({ category, severity, ...(box && { box }) })),
    probe: probe.name,
    result,
    milliseconds: performance.now() - started,
  };
}
