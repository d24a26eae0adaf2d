/**
 * A comparison without servers and renderers: the rules of `verisim simulate` play the models in this process, over
 * pictures that are nothing but a number, so that thousands of runs of the real loop take seconds.
 */
import sharp from 'sharp';
import type { CompareRunOptions } from '../../bench/compare/run.ts';
import type { Scorer } from '../../bench/compare/scorer.ts';
import { seeded } from '../../bench/embedded/random.ts';
import type { Critic } from '../../core/critic.ts';
import { critiqueOf } from '../../core/critique.ts';
import type { Severity } from '../../core/discrepancy.ts';
import type { Generator } from '../../core/generator.ts';
import type { Picture } from '../../core/picture.ts';
import type { Renderer } from '../../core/render.ts';
import { svg } from '../../core/tasks/svg.ts';
import { noUsage } from '../../core/usage.ts';
import type { Sample } from '../../datasets/sample.ts';
import type { Renderers } from '../../runtime/renderers.ts';
import { createVerisim, type Verisim } from '../../runtime/verisim.ts';
import { playCritic } from '../../server/simulate/critic.ts';
import { playGenerator } from '../../server/simulate/generator.ts';
import { type Profile, profileOf, SimulateOptions } from '../../server/simulate/options.ts';
import type { Flaw, Flaws, Subject } from '../../server/simulate/subject.ts';
import { parseCritiqueReply } from '../../tools/critic/lvlm/parse.ts';
import { pictureOfPng } from '../../tools/image/picture.ts';

const FLAWS = 6;
const flaws: readonly Flaw[] = Array.from({ length: FLAWS }, (_, index) => ({
  name: `flaw-${index}`,
  category: 'shape_error',
  severity: severityOf(index),
  location: '',
  description: `Flaw number ${index}.`,
}));

export interface RehearsalOptions {
  readonly seed: number;
  readonly pictures: number;
  /** How both models play; the rest is as `verisim simulate` has it. */
  readonly profile: Partial<Profile>;
}

/** What `runComparison` needs of the pictures and the models. The caller closes `verisim`. */
export async function rehearsal({
  seed,
  pictures,
  profile,
}: RehearsalOptions): Promise<Pick<CompareRunOptions, 'samples' | 'scorers' | 'verisim'>> {
  const skill = { ...profileOf(SimulateOptions.parse(profile), 'simulated-generator'), seed };
  const random = seeded(seed).next;
  const looks = await Promise.all(Array.from({ length: 2 ** FLAWS }, (_, mask) => dot(mask, 0)));
  const references = await Promise.all(Array.from({ length: pictures }, (_, index) => dot(index, 255)));
  const usage = { ...noUsage, calls: 1, inputTokens: 500, outputTokens: 100 };

  const generator: Generator = {
    name: 'simulated',
    source: 'simulated',
    async generate({ image, previous }) {
      const told = previous?.feedback.kind === 'critique' ? previous.feedback.discrepancies : [];
      const text = [previous?.code ?? '', ...told.map(({ description }) => description)].join('\n');
      const { flaws: held, reply } = playGenerator(subjectOf(image), text, skill, random);
      const broken = !reply.includes('</svg>');
      return { code: broken ? '' : codeOf(held), reply: '', usage };
    },
  };
  const critic: Critic = {
    name: 'simulated',
    source: 'simulated',
    async critique({ reference, candidate }) {
      const seen = flawsOf(looks.findIndex(({ digest }) => digest === candidate.digest));
      const fields = ['category', 'severity', 'location', 'description'];
      const parsed = parseCritiqueReply(playCritic(subjectOf(reference), seen, skill, random, fields), svg);
      return critiqueOf({
        critic: 'simulated',
        discrepancies: parsed.ok ? [...parsed.discrepancies] : [],
        usage,
      });
    },
  };
  const renderer: Renderer = {
    name: 'looks',
    version: '1',
    language: 'svg',
    render: async ({ code }) => {
      const picture = looks[maskOf(code)];
      if (!picture) throw new Error('a draft has a look');
      return { kind: 'rendered', picture, hacks: [] };
    },
    close: async () => {},
  };
  const renderers: Renderers = { of: () => renderer, ready: async () => {}, close: async () => {} };
  const real = createVerisim({}, { renderers });
  const verisim: Verisim = {
    ...real,
    refine: (picture, options) =>
      real.refine(picture, { ...options, generator, ...(options.strategy !== 'direct' && { critic }) }),
  };
  const samples = references.map(
    (reference, index): Sample => ({
      id: `picture-${index}`,
      task: 'svg',
      language: 'svg',
      code: '',
      groups: {},
      source: `picture-${index}`,
      picture: async () => reference,
    }),
  );
  return { samples, scorers: [truth], verisim };
}

/** What is really wrong with a draft, which no critic in the comparison knows. */
const truth: Scorer = {
  name: 'true severity',
  better: 'lower',
  worst: flaws.reduce((sum, { severity }) => sum + severity, 0),
  summary: 'sum of the severities of the flaws that a draft holds',
  score: async ({ code }) => flawsOf(maskOf(code)).reduce((sum, { severity }) => sum + severity, 0),
};

function subjectOf(picture: Picture): Subject {
  return {
    name: picture.digest,
    task: svg,
    language: svg.languages[0],
    picture,
    flaws,
    draft: codeOf,
    mark: () => '',
    quoted: (text) => (text.includes('<svg') ? { flaws: flawsOf(maskOf(text)), lost: [] } : undefined),
  };
}

function codeOf(held: Flaws): string {
  const mask = flaws.reduce((sum, flaw, bit) => sum + (held.includes(flaw) ? 2 ** bit : 0), 0);
  return `<svg id="${mask}"></svg>`;
}

function maskOf(text: string): number {
  return Number(/<svg id="(\d+)"/.exec(text)?.[1] ?? 0);
}

function flawsOf(mask: number): Flaws {
  return flaws.filter((_, bit) => (mask >> bit) & 1);
}

function severityOf(index: number): Severity {
  return index % 3 === 0 ? 1 : index % 3 === 1 ? 2 : 3;
}

/** A picture that differs from every other of its kind. */
async function dot(value: number, blue: number): Promise<Picture> {
  const background = { r: value % 256, g: Math.floor(value / 256), b: blue };
  const create = { width: 2, height: 2, channels: 3 as const, background };
  return pictureOfPng(await sharp({ create }).png().toBuffer());
}
