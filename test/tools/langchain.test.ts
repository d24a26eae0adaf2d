import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createAgent, FakeToolCallingModel, HumanMessage, ToolMessage } from 'langchain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Critic } from '../../core/critic.ts';
import { critiqueOf } from '../../core/critique.ts';
import type { Renderer } from '../../core/render.ts';
import { noUsage } from '../../core/usage.ts';
import { loadPicture } from '../../tools/image/decode.ts';
import { dataUrlOf } from '../../tools/image/encode.ts';
import { critiqueTool, renderTool } from '../../tools/langchain.ts';
import { svgRenderer } from '../../tools/render/svg.ts';
import { solid } from '../support/solid.ts';

const square =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><rect x="1" y="1" width="6" height="6" fill="navy"/></svg>';

/** Finds a difference exactly where two pictures are not the same bytes. */
const critic: Critic = {
  name: 'digest',
  source: 'embedded',
  async critique({ reference, candidate }) {
    const difference = {
      category: 'style_error',
      severity: 2,
      location: 'all',
      description: 'differs',
    } as const;
    const discrepancies = reference.digest === candidate.digest ? [] : [difference];
    return critiqueOf({ critic: 'digest', discrepancies, reply: 'long reply', usage: noUsage });
  },
};

let folder = '';
let renderer: Renderer;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'verisim-tools-'));
  renderer = svgRenderer();
});
afterAll(async () => {
  await renderer.close();
  await rm(folder, { recursive: true });
});
const tools = () => ({
  render: renderTool({ renderers: [renderer], folder }),
  critique: critiqueTool({ critic }),
});
const size = { width: 64, height: 64 };
const rendering = (args: { code: string; language: string; width?: number; height?: number }) =>
  ({ type: 'tool_call', id: '1', name: 'render_code', args }) as const;
const comparing = (args: { reference: string; candidate: string; task: string }) =>
  ({ type: 'tool_call', id: '2', name: 'critique_render', args }) as const;

describe('as LangChain tools', () => {
  it('render and critic work hand in hand by the paths of pictures', async () => {
    const { render, critique } = tools();
    const { text, artifact } = await render.invoke(rendering({ code: square, language: 'svg', ...size }));
    const told = JSON.parse(text);
    expect(told).toEqual({ kind: 'rendered', path: expect.stringMatching(/\.png$/), ...size, hacks: [] });
    expect(artifact).toMatchObject({ kind: 'rendered', picture: size });
    const { path } = told;
    const compared = await critique.invoke(comparing({ reference: path, candidate: path, task: 'svg' }));
    expect(JSON.parse(compared.text)).toEqual({ kind: 'critique', severitySum: 0, discrepancies: [] });
    expect(compared.artifact).toMatchObject({ critic: 'digest', reply: 'long reply' });
  });

  it('the render goes to a new folder where none is given', async () => {
    const render = renderTool({ renderers: [renderer] });
    const { text } = await render.invoke(rendering({ code: square, language: 'svg', ...size }));
    const { path } = JSON.parse(text);
    expect(await loadPicture(path)).toMatchObject(size);
    await rm(dirname(path), { recursive: true });
  });

  it('the critic also takes data URLs', async () => {
    const url = await dataUrlOf(await solid('red'), { maxSide: 16, format: 'png' });
    const { text } = await tools().critique.invoke(
      comparing({ reference: url, candidate: url, task: 'svg' }),
    );
    expect(JSON.parse(text)).toMatchObject({ severitySum: 0 });
  });

  it('code that fails is told, not thrown', async () => {
    const { text } = await tools().render.invoke(rendering({ code: '<svg', language: 'svg' }));
    expect(JSON.parse(text)).toMatchObject({ kind: 'render-failure', message: expect.any(String) });
  });

  it.each([
    ['an unknown language', { code: square, language: 'latex' }],
    ['a size out of range', { code: square, language: 'svg', width: 1e6, height: 1 }],
  ])('%s is refused', async (_, args) => {
    await expect(tools().render.invoke(rendering(args))).rejects.toThrow(/schema/);
  });

  it('a file that is no picture is refused', async () => {
    const path = join(folder, 'notes.png');
    await writeFile(path, 'these are notes');
    const call = tools().critique.invoke(comparing({ reference: path, candidate: path, task: 'chart' }));
    await expect(call).rejects.toThrow(/notes\.png is not a picture/);
  });

  it('an agent calls both and reads what they say', async () => {
    const reference = join(folder, 'reference.png');
    await writeFile(reference, (await solid('red', 64, 64)).png);
    const drawn = await renderer.render({ code: square, size });
    const digest = drawn.kind === 'rendered' ? drawn.picture.digest : '';
    const candidate = join(folder, `${digest}.png`);
    await rm(candidate, { force: true });
    const agent = createAgent({
      model: new FakeToolCallingModel({
        toolCalls: [
          [rendering({ code: square, language: 'svg', ...size })],
          [comparing({ reference, candidate, task: 'svg' })],
          [],
        ],
      }),
      tools: Object.values(tools()),
    });
    const { messages } = await agent.invoke({ messages: [new HumanMessage('Draw the icon.')] });
    const replies = messages.filter((message) => ToolMessage.isInstance(message));
    expect(replies.map(({ text }) => JSON.parse(text))).toMatchObject([
      { kind: 'rendered', path: candidate, ...size },
      { kind: 'critique', severitySum: 2, discrepancies: [{ location: 'all' }] },
    ]);
  });
});
