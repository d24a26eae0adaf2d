import { createHash } from 'node:crypto';
import { ConfigError } from '../../core/errors.ts';
import type { Renderer } from '../../core/render.ts';
import { dataUrlOf } from '../../tools/image/encode.ts';
import { distanceOf, fingerprintOf, type SizedFingerprint } from './fingerprint.ts';
import { type Gallery, galleryOf } from './gallery.ts';
import { badRequest } from './refused.ts';
import { remember } from './remember.ts';
import type { Flaws, Subject } from './subject.ts';
import { bytesOfDataUrl, imageTokens } from './wire.ts';

/** Mean squared difference up to which a picture is a known one, whatever it was encoded with on its way. */
const SAME_PICTURE = 150;
/** Qwen3-VL's own bound on how long and thin a picture may be. */
const MAX_RATIO = 200;
const REMEMBERED = 1000;
/** Fingerprints are 200 kB each. */
const REMEMBERED_PRINTS = 64;

/** Tells pictures that come over the wire from one another. */
export interface Recogniser {
  /** @throws Refused when the bytes are no picture that the model would take */
  tokens(image: Buffer): Promise<number>;
  /** @throws Refused when no known picture looks like it */
  reference(image: Buffer): Promise<Subject>;
  /** @throws Refused when it is no render of a draft of this picture */
  candidate(subject: Subject, image: Buffer): Promise<Flaws>;
  handOut(subject: Subject, flaws: Flaws): void;
}

/** @throws ConfigError when a picture's language has no renderer */
export async function recogniserOf(
  pictures: readonly Subject[],
  renderers: readonly Renderer[],
): Promise<Recogniser> {
  const entries = await Promise.all(pictures.map((subject) => entryOf(subject, renderers)));
  const names = pictures.map(({ name }) => name).join(', ');
  const references = remember<Subject>(REMEMBERED);
  const candidates = remember<Flaws>(REMEMBERED);
  const prints = remember<SizedFingerprint>(REMEMBERED_PRINTS);
  const printOf = (image: Buffer) => prints(digestOf(image), () => read(image));

  const galleryNamed = (subject: Subject): Gallery => {
    const entry = entries.find((candidate) => candidate.subject === subject);
    if (!entry) throw new ConfigError(`The picture ${subject.name} is not one of: ${names}.`);
    return entry.gallery;
  };

  return {
    tokens: async (image) => imageTokens(await printOf(image)),
    reference: (image) =>
      references(digestOf(image), async () => {
        const print = await printOf(image);
        const [nearest] = entries
          .map(({ subject, fingerprint }) => ({ subject, distance: distanceOf(print, fingerprint) }))
          .sort((a, b) => (a.distance?.mean ?? Infinity) - (b.distance?.mean ?? Infinity));
        if (nearest?.distance && nearest.distance.mean <= SAME_PICTURE) return nearest.subject;
        throw badRequest(
          `This model is simulated: it knows the pictures ${names} and no other. Send one of those first.`,
          'unknown_picture',
        );
      }),
    candidate: (subject, image) =>
      candidates(`${subject.name} ${digestOf(image)}`, async () => {
        const flaws = await galleryNamed(subject).find(await printOf(image));
        if (flaws) return flaws;
        throw badRequest(
          `This model is simulated: it can judge renders of its own drafts of ${subject.name} and nothing else.`,
          'unknown_candidate',
        );
      }),
    handOut: (subject, flaws) => galleryNamed(subject).handOut(flaws),
  };
}

async function entryOf(subject: Subject, renderers: readonly Renderer[]) {
  const renderer = renderers.find(({ language }) => language === subject.language.name);
  if (!renderer) {
    throw new ConfigError(
      `The picture ${subject.name} needs a renderer of ${subject.language.name}. Give one.`,
    );
  }
  const wire = bytesOfDataUrl(await dataUrlOf(subject.picture, subject.task.generator.image));
  return { subject, fingerprint: await fingerprintOf(wire), gallery: galleryOf(subject, renderer) };
}

async function read(image: Buffer): Promise<SizedFingerprint> {
  const print = await fingerprintOf(image).catch((cause: unknown) => {
    throw badRequest('The picture cannot be decoded.', 'invalid_image', 'messages', cause);
  });
  const ratio = Math.max(print.aspect, 1 / print.aspect);
  if (ratio > MAX_RATIO) {
    throw badRequest(`The picture's sides differ by more than ${MAX_RATIO} times.`, 'invalid_image');
  }
  return print;
}

function digestOf(image: Buffer): string {
  return createHash('sha256').update(image).digest('hex');
}
