import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { taskNamed } from '../../core/tasks/index.ts';
import { examplesFolder } from '../../datasets/known.ts';
import { createVerisim, type RefineOptions } from '../../runtime/verisim.ts';
import { loadPicture } from '../../tools/image/decode.ts';
import { dataUrlOf } from '../../tools/image/encode.ts';
import { openaiServer, type Step, streams } from '../support/openai-server.ts';

const image = join(examplesFolder, 'icon.png');
const svg = taskNamed('svg');
let reference = '';
let code = '';
beforeAll(async () => {
  reference = await dataUrlOf(await loadPicture(image), svg.generator.image);
  code = await readFile(join(examplesFolder, 'icon.svg'), 'utf8');
});

/** What the n-th draft draws: the icon with a square of its own. */
const draft = (n: number) =>
  code.replace('</svg>', `<rect id="draft-${n}" width="${20 * n + 20}" height="30" fill="#123456"/></svg>`);
const finding = (n: number) => `Finding ${n}: the square does not belong here.`;
const critique = (n: number) =>
  JSON.stringify({
    errors: [{ category: 'shape_error', severity: 3 - (n % 2), location: 'corner', description: finding(n) }],
  });

/** Refines the icon against a server whose generator and critic say what the script says, whoever asks. */
async function refine(options: Partial<RefineOptions>) {
  let [drafts, critiques] = [0, 0];
  const answer: Step = (response, body) => {
    const text = body.model === 'critic' ? critique(critiques++) : `\`\`\`svg\n${draft(drafts++)}\n\`\`\``;
    return streams(text, { piece: 400 })(response, body);
  };
  const server = await openaiServer(answer);
  const verisim = createVerisim({
    models: {
      generator: { name: 'openai:generator', baseUrl: server.url, apiKeyEnv: null },
      critic: { name: 'openai:critic', baseUrl: server.url, apiKeyEnv: null },
    },
  });
  onTestFinished(async () => {
    await verisim.close();
    await server.close();
  });
  const models = { generator: 'generator', critic: 'critic' };
  const { record, pictures } = await verisim.refine(image, { task: 'svg', ...models, ...options });
  const requests = server.seen.map(({ body }) => {
    const parts = body.messages.flatMap(({ content }) => (typeof content === 'string' ? [] : content));
    return {
      model: body.model,
      roles: body.messages.map(({ role }) => role),
      images: parts.flatMap(({ image_url }) => (image_url ? [image_url.url] : [])),
      text: parts.map(({ text = '' }) => text).join('\n'),
      body,
    };
  });
  const renders = await Promise.all(
    record.rounds.map(async ({ render }) =>
      render.kind === 'rendered' ? dataUrlOf(pictures.get(render.picture), svg.critic.image) : '',
    ),
  );
  return { record, requests, renders };
}

describe('--preset paper (Visual-ERM, section 3.3)', () => {
  it('makes eight calls: a draft and three revisions, a critique of each, and returns the last', async () => {
    const { record, requests, renders } = await refine({ preset: 'paper' });
    const [g, c] = ['generator', 'critic'];
    expect(requests.map(({ model }) => model)).toEqual([g, c, g, c, g, c, g, c]);
    expect(record).toMatchObject({
      stopReason: 'round-limit',
      best: 3,
      strategy: { name: 'refine', settings: { preset: 'paper', rounds: 3, select: 'last', from: 'last' } },
    });

    const asked = requests.filter(({ model }) => model === g);
    for (const [round, { images, text, roles }] of asked.entries()) {
      // The reference picture alone: no render of any draft.
      expect(images).toEqual([reference]);
      expect(roles).toEqual(['user']);
      // The last draft and what was said of it, and of no other.
      for (const other of [0, 1, 2, 3]) {
        const last = other === round - 1;
        expect(text.includes(draft(other).trim()), `draft ${other} in round ${round}`).toBe(last);
        expect(text.includes(finding(other)), `finding ${other} in round ${round}`).toBe(last);
      }
    }
    expect(asked[1]?.text).toContain('[severe shape_error] corner: Finding 0');

    const judged = requests.filter(({ model }) => model === c);
    for (const [round, { images, text }] of judged.entries()) {
      // The reference first, the candidate second, and no code.
      expect(images).toHaveLength(2);
      expect(images[0]).toBe(await dataUrlOf(await loadPicture(image), svg.critic.image));
      expect(images[1]).toBe(renders[round]);
      expect(text).not.toContain('<svg');
    }
    expect(new Set(renders).size).toBe(4);
    // The sampling of the authors' scripts for charts and icons (reference: evaluation scripts).
    expect(judged[0]?.body).toMatchObject({
      temperature: 0.7,
      top_p: 0.8,
      top_k: 20,
      presence_penalty: 1.5,
      repetition_penalty: 1,
      max_tokens: 4096,
    });
  });

  it('leaves what is said beside it as it is said, and stops early when nothing differs', async () => {
    const { record, requests } = await refine({ preset: 'paper', rounds: 1, select: 'best' });
    expect(requests).toHaveLength(4);
    expect(record.strategy.settings).toMatchObject({ rounds: 1, select: 'best', history: 'last' });
    const { requests: calls } = await refine({ preset: 'paper', threshold: 3 });
    expect(calls).toHaveLength(2);
  });
});

describe('the ablation switches, on the wire', () => {
  it('feedback score tells the sum and no finding', async () => {
    const { requests } = await refine({ feedback: 'score', rounds: 1 });
    expect(requests[2]?.text).toContain('severity of 3');
    expect(requests[2]?.text).not.toContain('Finding');
  });

  it('feedback none tells neither', async () => {
    const { requests } = await refine({ feedback: 'none', rounds: 1 });
    expect(requests[2]?.text).toContain(draft(0).trim());
    expect(requests[2]?.text).not.toMatch(/Finding|severity of/);
  });

  it('history all tells every draft that led here, the last one last; the render is shown where asked for', async () => {
    const { requests, renders } = await refine({ history: 'all', showRender: true, rounds: 2 });
    const last = requests.filter(({ model }) => model === 'generator').at(-1);
    const places = [draft(0), finding(0), draft(1), finding(1)].map((text) =>
      last?.text.indexOf(text.trim()),
    );
    expect(places).toEqual(places.toSorted((a = 0, b = 0) => a - b));
    expect(places).not.toContain(-1);
    expect(last?.images).toEqual([reference, renders[1]]);
  });

  it('critic samples are asked for each round and merged, what is disputed kept', async () => {
    const { requests, record } = await refine({ criticSamples: 3, rounds: 0 });
    expect(requests.map(({ model }) => model)).toEqual(['generator', 'critic', 'critic', 'critic']);
    expect(record.rounds[0]?.critique).toMatchObject({
      kind: 'critique',
      severitySum: 3,
      discrepancies: [{ severity: 3, named: 3 }],
      samples: { asked: 3, usable: 3, disputed: [] },
      usage: { calls: 3 },
    });
  });
});
