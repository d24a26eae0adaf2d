import { readFile } from 'node:fs/promises';
import { RunEvent } from '../../../core/event.ts';
import { bestRound } from '../../../core/guard.ts';
import type { Picture } from '../../../core/picture.ts';
import { RECORD_VERSION, type Round, type RunRecord, type StopReason } from '../../../core/record.ts';
import { usageOf } from '../../../core/stop.ts';
import { languageOf, taskNamed } from '../../../core/tasks/index.ts';
import type { Config } from '../../../runtime/config.ts';
import { version } from '../../../runtime/version.ts';
import type { StoredRequest } from './request.ts';

export interface Ending {
  readonly stopReason: StopReason & ('cancelled' | 'failed');
  readonly message: string;
  readonly error?: RunRecord['error'];
  /** Rounds that were done before. */
  readonly rounds?: readonly Round[];
}

/** The record of a run that the loop itself gave none of: cancelled in the queue, impossible, or its server killed. */
export function recordWithout(
  { id, name, task, settings, createdAt }: StoredRequest,
  { width, height, digest }: Picture,
  config: Pick<Config, 'generator' | 'critic' | 'strategy'>,
  { stopReason, message, error = null, rounds = [] }: Ending,
): RunRecord {
  const model = (given: string) => ({
    name: given,
    source: given === 'embedded' ? ('embedded' as const) : ('model' as const),
  });
  const endedAt = new Date();
  return {
    version: RECORD_VERSION,
    id,
    verisim: version,
    startedAt: createdAt,
    endedAt: endedAt.toISOString(),
    input: { name, picture: digest, width, height },
    task,
    language: settings.language ?? languageOf(taskNamed(task)).name,
    strategy: { name: settings.strategy ?? config.strategy, settings: {} },
    generator: model(settings.generator ?? config.generator),
    critic: model(settings.critic ?? config.critic),
    rounds: [...rounds],
    best: bestRound(rounds),
    stopReason,
    message,
    error,
    totals: {
      usage: usageOf(rounds),
      milliseconds: rounds.reduce((sum, { ms }) => sum + ms.generate + ms.render + ms.critique, 0),
    },
  };
}

/** The rounds that a journal tells of, as many as follow one another from the first. */
export async function roundsIn(journal: string): Promise<Round[]> {
  const rounds = new Map<number, Round>();
  const text = await readFile(journal, 'utf8').catch(() => '');
  for (const line of text.split('\n')) {
    const event = eventIn(line);
    if (event?.type === 'run-started') rounds.clear();
    if (event?.type === 'round-finished') rounds.set(event.round.index, event.round);
  }
  const ordered: Round[] = [];
  for (let next = rounds.get(0); next; next = rounds.get(ordered.length)) ordered.push(next);
  return ordered;
}

function eventIn(line: string): RunEvent | undefined {
  try {
    return RunEvent.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}
