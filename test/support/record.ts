import { critiqueOf } from '../../core/critique.ts';
import type { Discrepancy } from '../../core/discrepancy.ts';
import { bestRound } from '../../core/guard.ts';
import type { Picture, PictureStore } from '../../core/picture.ts';
import { RECORD_VERSION, type Round, RunRecord } from '../../core/record.ts';
import type { Hack, RenderFailure } from '../../core/render.ts';
import { constantReward } from '../../core/reward.ts';
import { usageOf } from '../../core/stop.ts';
import { noUsage, type Usage } from '../../core/usage.ts';
import { memoryPictures } from '../../tools/image/picture.ts';

export interface SampleRun {
  readonly record: RunRecord;
  readonly pictures: PictureStore;
}

/**
 * What became of one draft: a render or a failure, then discrepancies, or a reason why there are none, or
 * null where there was no critic.
 */
export interface Draft {
  readonly code: string;
  readonly reply?: string;
  readonly truncated?: boolean;
  readonly render: Picture | RenderFailure;
  readonly hacks?: readonly Hack[];
  readonly found?: readonly Discrepancy[] | string | null;
  readonly criticReply?: string;
}

const generatorUsage: Usage = {
  calls: 1,
  inputTokens: 2310,
  cachedInputTokens: 640,
  outputTokens: 1184,
  cost: 0.0042,
};
const criticUsage: Usage = {
  calls: 1,
  inputTokens: 2688,
  cachedInputTokens: 0,
  outputTokens: 412,
  cost: 0.0019,
};

/** A record as a run of these drafts would leave it, with the pictures that it names; checked by its schema. */
export function runOf(
  reference: Picture,
  drafts: readonly Draft[],
  fields: Partial<RunRecord> = {},
): SampleRun {
  const pictures = memoryPictures();
  pictures.put(reference);
  const rounds = drafts.map((draft, index) => roundOf(draft, index, pictures));
  const record: RunRecord = {
    version: RECORD_VERSION,
    id: '0b7c6c1e-5f0a-4b0e-9d53-1f6f2f1f9a10',
    verisim: '0.1.0',
    startedAt: '2026-11-20T09:14:03.000Z',
    endedAt: '2026-11-20T09:14:51.000Z',
    input: { name: 'revenue.png', ...sizeOf(reference) },
    task: 'chart',
    language: 'matplotlib',
    strategy: { name: 'refine', settings: { revisions: 4, feedback: 'full', showRender: false } },
    generator: { name: 'simulated:chart-writer', source: 'simulated' },
    critic: { name: 'simulated:visual-critic', source: 'simulated' },
    rounds,
    best: bestRound(rounds),
    stopReason: 'round-limit',
    message: '4 revisions used.',
    error: null,
    totals: { usage: usageOf(rounds), milliseconds: 800 + timeOf(rounds) },
  };
  return { record: RunRecord.parse({ ...record, ...fields }), pictures };
}

/** Milliseconds of all stages. */
function timeOf(rounds: readonly Round[]): number {
  return rounds.reduce((sum, { ms }) => sum + ms.generate + ms.render + ms.critique, 0);
}

function roundOf(draft: Draft, index: number, pictures: PictureStore): Round {
  const failed = 'kind' in draft.render;
  if (!('kind' in draft.render)) pictures.put(draft.render);
  const critique = failed ? null : criticResultOf(draft);
  return {
    index,
    parent: index === 0 ? null : index - 1,
    step: index,
    code: draft.code,
    reply: draft.reply ?? `Here is the code.\n\n\`\`\`python\n${draft.code}\`\`\`\n`,
    truncated: draft.truncated ?? false,
    exhausted: false,
    confidence: null,
    render:
      'kind' in draft.render
        ? draft.render
        : { kind: 'rendered', ...sizeOf(draft.render), hacks: [...(draft.hacks ?? [])] },
    critique,
    reward: constantReward({
      rendered: !failed,
      severitySum: critique?.kind === 'critique' ? critique.severitySum : null,
    }),
    usage: { generator: generatorUsage, critic: critique?.usage ?? noUsage },
    ms: {
      generate: 6120 + 410 * index,
      render: failed ? 140 : 455,
      critique: failed ? 0 : 3380 - 120 * index,
    },
  };
}

function criticResultOf({ found = [], criticReply }: Draft): Round['critique'] {
  const common = {
    critic: 'simulated:visual-critic',
    usage: criticUsage,
    ...(criticReply !== undefined && { reply: criticReply }),
  };
  if (found === null) return null;
  if (typeof found === 'string') return { kind: 'critic-failure', reason: found, ...common };
  const reply = criticReply ?? JSON.stringify({ errors: found }, null, 2);
  return critiqueOf({ ...common, discrepancies: [...found], reply });
}

function sizeOf({ digest, width, height }: Picture): { picture: string; width: number; height: number } {
  return { picture: digest, width, height };
}
