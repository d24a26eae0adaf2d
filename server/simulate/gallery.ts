import PQueue from 'p-queue';
import { RenderError } from '../../core/errors.ts';
import type { Renderer } from '../../core/render.ts';
import { dataUrlOf } from '../../tools/image/encode.ts';
import { distanceOf, type Fingerprint, fingerprintOf } from './fingerprint.ts';
import { allSets, type Flaws, keyOf, type Subject } from './subject.ts';
import { bytesOfDataUrl } from './wire.ts';

/** The worst block of the very picture that was handed out, encoded as we encode it. */
const SAME = 1;
/** The worst block of a picture that another client resized or encoded in its own way. */
const ALIKE = 16;
/** Above this many drafts only those that were handed out are known. */
const FEW = 64;

/** How the drafts of one picture look when rendered: tells which flaws a candidate shows. */
export interface Gallery {
  /** Renders a draft in the background, so that its look is known when the critic is asked. */
  handOut(flaws: Flaws): void;
  /** The flaws that a candidate shows; undefined when it is no render of any known draft. */
  find(candidate: Fingerprint): Promise<Flaws | undefined>;
}

interface Look {
  readonly flaws: Flaws;
  readonly fingerprint: Fingerprint;
}

export function galleryOf(subject: Subject, renderer: Renderer): Gallery {
  const looks = new Map<string, Promise<Look>>();
  const queue = new PQueue({ concurrency: 2 });

  const lookOf = (flaws: Flaws): Promise<Look> => {
    const key = keyOf(flaws);
    const kept = looks.get(key);
    if (kept) return kept;
    const look = queue.add(() => render(subject, renderer, flaws));
    looks.set(key, look);
    look.catch(() => looks.delete(key));
    return look;
  };

  return {
    handOut: (flaws) => void lookOf(flaws).catch(() => undefined),
    async find(candidate) {
      const handedOut = nearest(candidate, await Promise.all(looks.values()), SAME);
      if (handedOut) return handedOut;
      if (2 ** subject.flaws.length <= FEW) allSets(subject).forEach(lookOf);
      return nearest(candidate, await Promise.all(looks.values()), ALIKE);
    },
  };
}

function nearest(candidate: Fingerprint, looks: readonly Look[], tolerance: number): Flaws | undefined {
  let found: { flaws: Flaws; mean: number } | undefined;
  for (const { flaws, fingerprint } of looks) {
    const distance = distanceOf(candidate, fingerprint);
    if (!distance || distance.worst > tolerance) continue;
    if (!found || distance.mean < found.mean) found = { flaws, mean: distance.mean };
  }
  return found?.flaws;
}

async function render(subject: Subject, renderer: Renderer, flaws: Flaws): Promise<Look> {
  const { width, height } = subject.picture;
  const result = await renderer.render({ code: subject.draft(flaws), size: { width, height } });
  if (result.kind !== 'rendered') {
    throw new RenderError(
      `The draft ${keyOf(flaws)} of ${subject.name} does not render: ${result.message}. Mend its code or manifest.`,
    );
  }
  const url = await dataUrlOf(result.picture, subject.task.critic.image);
  return { flaws, fingerprint: await fingerprintOf(bytesOfDataUrl(url)) };
}
