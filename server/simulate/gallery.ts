import PQueue from 'p-queue';
import { RenderError } from '../../core/errors.ts';
import type { Renderer } from '../../core/render.ts';
import type { KnownPicture } from '../../datasets/known.ts';
import { dataUrlOf } from '../../tools/image/encode.ts';
import { allDrafts, type Damages, damagedCode, draftKey } from './draft.ts';
import { distanceOf, type Fingerprint, fingerprintOf } from './fingerprint.ts';
import { bytesOfDataUrl } from './wire.ts';

/** The worst block of the very picture that was handed out, encoded as we encode it. */
const SAME = 1;
/** The worst block of a picture that another client resized or encoded in its own way. */
const ALIKE = 16;
/** Above this many drafts only those that were handed out are known. */
const FEW = 64;

/** How the drafts of one picture look when rendered: tells which damages a candidate shows. */
export interface Gallery {
  /** Renders a draft in the background, so that its look is known when the critic is asked. */
  handOut(damages: Damages): void;
  /** The damages that a candidate shows; undefined when it is no render of any known draft. */
  find(candidate: Fingerprint): Promise<Damages | undefined>;
}

interface Look {
  readonly damages: Damages;
  readonly fingerprint: Fingerprint;
}

export function galleryOf(known: KnownPicture, renderer: Renderer): Gallery {
  const looks = new Map<string, Promise<Look>>();
  const queue = new PQueue({ concurrency: 2 });

  const lookOf = (damages: Damages): Promise<Look> => {
    const key = draftKey(damages);
    const kept = looks.get(key);
    if (kept) return kept;
    const look = queue.add(() => render(known, renderer, damages));
    looks.set(key, look);
    look.catch(() => looks.delete(key));
    return look;
  };

  return {
    handOut: (damages) => void lookOf(damages).catch(() => undefined),
    async find(candidate) {
      const handedOut = nearest(candidate, await Promise.all(looks.values()), SAME);
      if (handedOut) return handedOut;
      if (2 ** known.damages.length <= FEW) allDrafts(known).forEach(lookOf);
      return nearest(candidate, await Promise.all(looks.values()), ALIKE);
    },
  };
}

function nearest(candidate: Fingerprint, looks: readonly Look[], tolerance: number): Damages | undefined {
  let found: { damages: Damages; mean: number } | undefined;
  for (const { damages, fingerprint } of looks) {
    const distance = distanceOf(candidate, fingerprint);
    if (!distance || distance.worst > tolerance) continue;
    if (!found || distance.mean < found.mean) found = { damages, mean: distance.mean };
  }
  return found?.damages;
}

async function render(known: KnownPicture, renderer: Renderer, damages: Damages): Promise<Look> {
  const { width, height } = known.picture;
  const result = await renderer.render({ code: damagedCode(known, damages), size: { width, height } });
  if (result.kind !== 'rendered') {
    throw new RenderError(
      `The draft ${draftKey(damages)} of ${known.name} does not render: ${result.message}. Mend its manifest.`,
    );
  }
  const url = await dataUrlOf(result.picture, known.task.critic.image);
  return { damages, fingerprint: await fingerprintOf(bytesOfDataUrl(url)) };
}
