import { expect, it } from 'vitest';
import { extractCode } from '../../../agents/lvlm/extract.ts';
import type { KnownPicture } from '../../../datasets/known.ts';
import { type Damages, quotedDraft } from '../../../server/simulate/draft.ts';
import { quote, simulateIcon, textOf, userMessage } from './support.ts';

const model = 'simulated-generator';

/** Asks in so many wordings, each of which draws anew, and reads off what the drafts hold. */
async function drafts(
  { client, icon }: Awaited<ReturnType<typeof simulateIcon>>,
  text: string,
  count = 60,
): Promise<string[][]> {
  return Promise.all(
    Array.from({ length: count }, async (_, wording) => {
      const messages = [await userMessage(icon, [icon.picture], `${text}\n\nWording ${wording}.`)];
      return names(icon, textOf(await client.chat.completions.create({ model, messages })));
    }),
  );
}

function names(known: KnownPicture, reply: string): string[] {
  const draft = quotedDraft(known, reply);
  if (!draft || draft.lost.length > 0) throw new Error('the reply holds no whole draft');
  return nameOf(draft.damages);
}

const nameOf = (damages: Damages) => damages.map(({ name }) => name);

it('damages a first draft: about the asked share, once at least', async () => {
  const server = await simulateIcon({ damage: 0.3 });
  const held = await drafts(server, 'draw');
  const mean = held.flat().length / held.length / server.icon.damages.length;
  expect(mean).toBeGreaterThan(0.2);
  expect(mean).toBeLessThan(0.5);
  expect(Math.min(...held.map(({ length }) => length))).toBe(1);
});

it('draws the true code when no damage is asked for', async () => {
  const held = await drafts(await simulateIcon({ damage: 0 }), 'draw', 5);
  expect(held.flat()).toEqual([]);
});

it('mends all that is named when the probability is 1, and only what is named', async () => {
  const server = await simulateIcon({ mend: 1 });
  const { damages } = server.icon;
  const [first, second, ...rest] = damages;
  if (!first || !second) throw new Error('the icon has too few damages');
  const all = await drafts(server, quote(server.icon, damages, damages), 5);
  expect(all.flat()).toEqual([]);
  const two = await drafts(server, quote(server.icon, damages, [first, second]), 5);
  for (const held of two) expect(held).toEqual(nameOf(rest));
});

it('mends nothing when the probability is 0', async () => {
  const server = await simulateIcon({ mend: 0 });
  const { damages } = server.icon;
  const held = await drafts(server, quote(server.icon, damages, damages), 5);
  for (const draft of held) expect(draft).toEqual(nameOf(damages));
});

it('mends about the asked share, and an unchanged draft draws anew in the next round', async () => {
  const server = await simulateIcon({ mend: 0.6 });
  const { icon, client } = server;
  const held = await drafts(server, quote(icon, icon.damages, icon.damages));
  const share = 1 - held.flat().length / held.length / icon.damages.length;
  expect(share).toBeGreaterThan(0.5);
  expect(share).toBeLessThan(0.7);

  const last = icon.damages.slice(0, 1);
  let reply = quote(icon, last, last);
  let rounds = 0;
  while (names(icon, reply).length > 0 && rounds < 30) {
    const messages = [await userMessage(icon, [icon.picture], `${reply}\n${last[0]?.description}`)];
    const completion = await client.chat.completions.create({ model, messages });
    reply = extractCode(textOf(completion), icon.language).code;
    rounds += 1;
  }
  expect(rounds).toBeLessThan(30);
});

it('adds damage when told to', async () => {
  const server = await simulateIcon({ mend: 1, newDamage: 1 });
  const held = await drafts(server, quote(server.icon, [], []), 5);
  for (const draft of held) expect(draft).toHaveLength(1);
});

it('writes anew what was cut off from a draft', async () => {
  const server = await simulateIcon({ damage: 1, mend: 1 });
  const { icon } = server;
  const [last] = icon.damages.toSorted((a, b) => icon.code.indexOf(b.right) - icon.code.indexOf(a.right));
  if (!last) throw new Error('the icon has no damages');
  const cut = quote(icon, [], []).slice(0, quote(icon, [], []).indexOf(last.right));
  for (const draft of await drafts(server, cut, 3)) expect(draft).toEqual([last.name]);
});

it('reads the last draft of a request that quotes several', async () => {
  const server = await simulateIcon({ mend: 0 });
  const { icon } = server;
  const history = `${quote(icon, icon.damages, icon.damages)}\n${quote(icon, icon.damages.slice(2), [])}`;
  const held = await drafts(server, history, 3);
  for (const draft of held) expect(draft).toEqual(nameOf(icon.damages.slice(2)));
});
