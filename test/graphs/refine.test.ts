import { MemorySaver } from '@langchain/langgraph';
import { describe, expect, it } from 'vitest';
import { ModelError } from '../../core/errors.ts';
import type { RunEvent } from '../../core/event.ts';
import { RunRecord } from '../../core/record.ts';
import type { RenderFailure } from '../../core/render.ts';
import { equivalent, exhausted, firstOf, roundLimit, unscored } from '../../core/stop.ts';
import { svg } from '../../core/tasks/svg.ts';
import { noUsage } from '../../core/usage.ts';
import type { Dependencies } from '../../graphs/dependencies.ts';
import { loopGraph } from '../../graphs/loop.ts';
import { refine } from '../../graphs/strategies/refine.ts';
import { run } from '../../runtime/run.ts';
import { memoryPictures } from '../../tools/image/picture.ts';
import { critiqueWith, fakeCritic, fakeGenerator, fakeRenderer, plainPicture } from '../support/fakes.ts';

const broken: RenderFailure = { kind: 'render-failure', outcome: 'syntax-error', message: 'line 1', line: 1 };
const silent = { kind: 'critic-failure', critic: 'fake', reason: 'no JSON', usage: noUsage } as const;
const strategy = { name: 'refine', settings: { rounds: 3 } };

function dependencies(parts: Partial<Dependencies> = {}): Dependencies {
  return {
    task: svg,
    language: svg.languages[0],
    generator: fakeGenerator(),
    renderer: fakeRenderer(),
    critic: fakeCritic(critiqueWith(2)),
    pictures: memoryPictures(),
    strategy: refine(),
    stop: firstOf(equivalent, exhausted, unscored(2), roundLimit(3)),
    showRender: false,
    ...parts,
  };
}

async function playWith(parts: Partial<Dependencies>, signal?: AbortSignal) {
  const events: RunEvent[] = [];
  const picture = await plainPicture();
  const { record, error } = await run(dependencies(parts), {
    picture,
    name: 'plain.png',
    strategy,
    emit: (event) => events.push(event),
    ...(signal && { signal }),
  });
  return { record, error, events, types: events.map(({ type }) => type) };
}

describe.each(['nodes', 'together'] as const)('the refine graph, its stages as %s', (stages) => {
  const play = (parts: Partial<Dependencies> = {}, signal?: AbortSignal) =>
    playWith({ stages, ...parts }, signal);

  it('ends equivalent at once when the critic finds nothing', async () => {
    const { record, types } = await play({ critic: fakeCritic(critiqueWith()) });
    expect(record).toMatchObject({ stopReason: 'equivalent', best: 0 });
    expect(types).toEqual([
      'run-started',
      'round-started',
      'code-delta',
      'code-generated',
      'render-finished',
      'critique-finished',
      'round-finished',
      'run-finished',
    ]);
  });

  it('ends at the round limit after three revisions: four generations, four critiques', async () => {
    const generator = fakeGenerator();
    const critic = fakeCritic(critiqueWith(2, 1));
    const { record } = await play({ generator, critic });
    expect(record.stopReason).toBe('round-limit');
    expect(generator.requests).toHaveLength(4);
    expect(critic.calls()).toBe(4);
    expect(record.totals.usage).toMatchObject({ calls: 8, inputTokens: 800, outputTokens: 400 });
  });

  it('gives the generator its last code and the critique, not the render', async () => {
    const generator = fakeGenerator();
    await play({ generator });
    expect(generator.requests[0]?.previous).toBeUndefined();
    expect(generator.requests[1]?.previous).toMatchObject({
      code: 'draft 0',
      feedback: { kind: 'critique', severitySum: 2 },
    });
    expect(generator.requests[1]?.previous?.render).toBeUndefined();
  });

  it('shows the render to the generator where asked to', async () => {
    const generator = fakeGenerator();
    await play({ generator, showRender: true });
    expect(generator.requests[1]?.previous?.render?.digest).toBe((await plainPicture(7)).digest);
  });

  it('returns the best round, not the last', async () => {
    const critic = fakeCritic(critiqueWith(3), critiqueWith(1), critiqueWith(2), critiqueWith(3));
    const { record } = await play({ critic });
    expect(record.best).toBe(1);
  });

  it('feeds a render failure back without asking the critic', async () => {
    const generator = fakeGenerator();
    const critic = fakeCritic(critiqueWith());
    const renderer = fakeRenderer((code) => (code === 'draft 0' ? broken : undefined));
    const { record } = await play({ generator, critic, renderer });
    expect(record).toMatchObject({ stopReason: 'equivalent', best: 1 });
    expect(critic.calls()).toBe(1);
    expect(generator.requests[1]?.previous?.feedback).toEqual(broken);
  });

  it('ends failed, with every attempt kept, when nothing ever rendered', async () => {
    const { record, error } = await play({ renderer: fakeRenderer(() => broken) });
    expect(record).toMatchObject({ stopReason: 'failed', best: null, error: null });
    expect(record.rounds.map(({ code }) => code)).toEqual(['draft 0', 'draft 1', 'draft 2', 'draft 3']);
    expect(record.message).toContain('None of 4 attempts rendered');
    expect(error).toBeUndefined();
  });

  it('calls an empty reply no code, and never renders it', async () => {
    const { record } = await play({ generator: fakeGenerator((_, index) => (index ? 'x' : '  ')) });
    expect(record.rounds[0]?.render).toMatchObject({ kind: 'render-failure', outcome: 'no-code' });
  });

  it('stops after two unscored rounds in a row, which are never perfect', async () => {
    const { record } = await play({ critic: fakeCritic(silent) });
    expect(record).toMatchObject({ stopReason: 'stalled', best: 0 });
    expect(record.rounds).toHaveLength(2);
    expect(record.message).toContain('no usable critique');
    expect(record.rounds[0]?.reward).toBe(1.5);
  });

  it('prefers a scored round to an unscored one', async () => {
    const critic = fakeCritic(silent, critiqueWith(3, 3), silent);
    const { record } = await play({ critic });
    expect(record.best).toBe(1);
  });

  it('does not call a picture that is faked equivalent', async () => {
    const picture = await plainPicture(3);
    const renderer = fakeRenderer(() => ({
      kind: 'rendered',
      picture,
      hacks: [{ kind: 'embedded-raster', message: 'the picture is embedded' }],
    }));
    const { record } = await play({ renderer, critic: fakeCritic(critiqueWith()) });
    expect(record.stopReason).toBe('round-limit');
    expect(record.rounds[0]?.reward).toBe(0);
  });

  it('keeps the rounds done when the model dies, and says so', async () => {
    const generator = fakeGenerator((_, index) => {
      if (index === 2) throw new ModelError('the server is gone');
      return `draft ${index}`;
    });
    const { record, error } = await play({ generator });
    expect(record).toMatchObject({ stopReason: 'failed', best: 0, error: { name: 'ModelError' } });
    expect(record.rounds).toHaveLength(2);
    expect(error).toBeInstanceOf(ModelError);
  });

  it('keeps a render whose critic died as an unscored round', async () => {
    const { record } = await play({ critic: fakeCritic(new ModelError('the critic is gone')) });
    expect(record).toMatchObject({ stopReason: 'failed', best: 0 });
    expect(record.rounds[0]?.critique).toMatchObject({
      kind: 'critic-failure',
      reason: 'the critic is gone',
    });
  });

  it('is cancelled in the middle of a generation', async () => {
    const controller = new AbortController();
    const generator = fakeGenerator((request, index) => {
      if (index === 0) return 'draft 0';
      return new Promise((_, reject) => {
        request.signal?.addEventListener('abort', () => reject(request.signal?.reason));
        controller.abort();
      });
    });
    const { record, types } = await play({ generator }, controller.signal);
    expect(record).toMatchObject({ stopReason: 'cancelled', best: 0, error: null });
    expect(record.rounds).toHaveLength(1);
    expect(types.at(-1)).toBe('run-finished');
  });

  it('writes records that its own schema reads', async () => {
    const { record } = await play();
    expect(RunRecord.parse(JSON.parse(JSON.stringify(record)))).toEqual(record);
  });

  it('takes any LangGraph checkpointer, whose state holds no picture', async () => {
    const saver = new MemorySaver();
    const parts = dependencies();
    const picture = await plainPicture();
    parts.pictures.put(picture);
    const graph = loopGraph(parts, saver);
    const input = { image: picture.digest, startedAt: Date.now() };
    await graph.invoke(input, { configurable: { thread_id: 'a' } });
    const { values } = await graph.getState({ configurable: { thread_id: 'a' } });
    expect(values.rounds).toHaveLength(4);
    expect(JSON.stringify(values)).not.toContain(Buffer.from(picture.png).toString('base64').slice(0, 60));
  });
});
