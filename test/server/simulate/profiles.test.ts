import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { extractCode } from '../../../agents/lvlm/extract.ts';
import { svg } from '../../../core/tasks/svg.ts';
import { playCritic } from '../../../server/simulate/critic.ts';
import { playGenerator } from '../../../server/simulate/generator.ts';
import { profileOf, SimulateOptions } from '../../../server/simulate/options.ts';
import { randomOf } from '../../../server/simulate/random.ts';
import { keyOf, type Subject } from '../../../server/simulate/subject.ts';
import { playedIcons } from '../../support/played.ts';
import { clientOf, textOf, userMessage } from './support.ts';

const Answer = z.object({ errors: z.array(z.object({ severity: z.number() })) });
const profile = (fields: object = {}) => ({
  ...profileOf(SimulateOptions.parse(fields), 'simulated-generator'),
  seed: 1,
});
const draws = (count: number) => Array.from({ length: count }, (_, index) => randomOf('test', String(index)));

describe('pictures of a dataset, damaged by the corrupter', () => {
  it('are drafted, known again by what the draft says of itself, judged and mended over HTTP', async () => {
    const { subjects, simulator } = await playedIcons(1, { damage: 1, mend: 1 });
    const [subject] = subjects;
    if (!subject) throw new Error('there is a picture');
    const client = clientOf(simulator);
    const ask = async (text: string) => {
      const message = await userMessage(subject, [subject.picture], text);
      const completion = await client.chat.completions.create({
        model: 'simulated-generator',
        messages: [message],
      });
      return extractCode(textOf(completion), svg.languages[0]).code;
    };
    const draft = await ask('Draw it.');
    expect(subject.quoted(draft)?.flaws.length).toBe(subject.flaws.length);
    const list = subject.flaws.map(({ description }) => description).join('\n');
    const mended = await ask(`The draft:\n${draft}\nMend:\n${list}`);
    expect(subject.quoted(mended)).toEqual({ flaws: [], lost: [] });
    expect(mended).toContain('simulated draft 2 holds []');
  });
});

/** A subject of which nothing is rendered. */
const flaw = (index: number): Subject['flaws'][number] => ({
  name: `flaw-${index}`,
  category: 'shape_error',
  severity: 2,
  location: '',
  description: `Flaw number ${index}.`,
});
const flaws = Array.from({ length: 6 }, (_, index) => flaw(index));
const subject: Subject = {
  name: 'icon',
  task: svg,
  language: svg.languages[0],
  picture: { digest: '', png: new Uint8Array(), width: 1, height: 1 },
  flaws,
  draft: (some) => `<svg><g id="${keyOf(some)}"/></svg>`,
  mark: () => '',
  quoted: (text) => (text.includes('<svg>') ? { flaws, lost: [] } : undefined),
};
const named = flaws.map(({ description }) => description).join('\n');

describe('a generator’s profile', () => {
  it('mends later items less often by its position bias', () => {
    const kept = (positionBias: number) =>
      draws(200).flatMap(
        (random) =>
          playGenerator(subject, `<svg>\n${named}`, profile({ mend: 0.8, positionBias }), random).flaws,
      );
    const share = (list: Subject['flaws'], index: number) =>
      1 - list.filter(({ name }) => name === `flaw-${index}`).length / 200;
    const [even, biased] = [kept(0), kept(0.4)];
    expect(Math.abs(share(even, 0) - share(even, 5))).toBeLessThan(0.15);
    expect(share(biased, 0)).toBeGreaterThan(0.7);
    expect(share(biased, 5)).toBeLessThan(0.2);
  });

  it('finds some pictures harder than others by its noise, whoever asks', () => {
    const damageOf = (name: string) => {
      const of = { ...subject, name };
      const skill = profile({ damage: 0.5, noise: 0.5 });
      return draws(100).flatMap((random) => playGenerator(of, '', skill, random).flaws).length / 600;
    };
    const shares = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map(damageOf);
    expect(Math.max(...shares) - Math.min(...shares)).toBeGreaterThan(0.3);
  });

  it('writes drafts that do not render at the asked rate', () => {
    const replies = draws(100).map(
      (random) => playGenerator(subject, '', profile({ break: 0.3 }), random).reply,
    );
    const broken = replies.filter((reply) => !reply.includes('</svg>')).length;
    expect(broken).toBeGreaterThan(15);
    expect(broken).toBeLessThan(45);
  });
});

describe('a critic’s profile', () => {
  const judged = (fields: object, swapped = false) =>
    draws(50).flatMap((random) => {
      const reply = playCritic(subject, flaws, { ...profile(fields), swapped }, random, ['severity']);
      return Answer.parse(JSON.parse(reply)).errors.map(({ severity }) => severity);
    });

  it('gets severities wrong by one at the asked rate', () => {
    const severities = judged({ misgrade: 0.4 });
    const wrong = severities.filter((severity) => severity !== 2).length / severities.length;
    expect(wrong).toBeGreaterThan(0.3);
    expect(wrong).toBeLessThan(0.5);
    expect(new Set(severities)).toEqual(new Set([1, 2, 3]));
  });

  it('overlooks more where the pictures are swapped', () => {
    expect(judged({ swapMiss: 0.5 })).toHaveLength(300);
    expect(judged({ swapMiss: 0.5 }, true).length).toBeLessThan(200);
  });
});

describe('several models', () => {
  const models = {
    'simulated-blind': { role: 'critic', miss: 1 },
    'simulated-thinker': {
      role: 'generator',
      damage: 0,
      thinkTokens: 500,
      prices: { input: 1, output: 2 },
    },
  } as const;

  it('play by profiles of their own, are listed with their prices, and bill their thinking', async () => {
    const { subjects, simulator } = await playedIcons(1, { damage: 1, vary: true, models });
    const [icon] = subjects;
    if (!icon) throw new Error('there is a picture');
    const client = clientOf(simulator);
    const message = await userMessage(icon, [icon.picture], 'Draw it.');
    const ask = (model: string) => client.chat.completions.create({ model, messages: [message] });
    const perfect = await ask('simulated-thinker');
    expect(icon.quoted(textOf(perfect))?.flaws).toEqual([]);
    expect(perfect.usage?.completion_tokens).toBeGreaterThan(500);
    expect(icon.quoted(textOf(await ask('simulated-generator')))?.flaws).toHaveLength(icon.flaws.length);
    const list = await (await fetch(`${simulator.url}/models`)).json();
    expect(list).toMatchObject({
      data: [
        { id: 'simulated-generator' },
        { id: 'simulated-critic' },
        { id: 'simulated-blind' },
        { id: 'simulated-thinker', prices: { input: 1, output: 2 } },
      ],
    });
  });

  it('draw anew for the same request only where told to', async () => {
    const replies = async (vary: boolean) => {
      const { subjects, simulator } = await playedIcons(1, { damage: 0.5, vary });
      const [icon] = subjects;
      if (!icon) throw new Error('there is a picture');
      const message = await userMessage(icon, [icon.picture], 'Draw it.');
      const client = clientOf(simulator);
      const asked = Array.from({ length: 8 }, () =>
        client.chat.completions.create({ model: 'simulated-generator', messages: [message] }),
      );
      return new Set((await Promise.all(asked)).map(textOf)).size;
    };
    expect(await replies(false)).toBe(1);
    expect(await replies(true)).toBeGreaterThan(2);
  });

  it('are called simulated', () => {
    const parsed = SimulateOptions.safeParse({ models: { 'gpt-9': { role: 'critic' } } });
    expect(parsed.success).toBe(false);
  });
});
