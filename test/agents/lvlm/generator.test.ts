import { afterEach, describe, expect, it } from 'vitest';
import { lvlmGenerator } from '../../../agents/lvlm/generator.ts';
import { critiqueOf } from '../../../core/critique.ts';
import type { Discrepancy } from '../../../core/discrepancy.ts';
import type { GenerateRequest, PreviousDraft } from '../../../core/generator.ts';
import { languageOf, taskNamed } from '../../../core/tasks/index.ts';
import { noUsage } from '../../../core/usage.ts';
import { openModel } from '../../../models/open.ts';
import { loadPrompts } from '../../../prompts/load.ts';
import { generatorConformance } from '../../conformance/generator.ts';
import { type OpenAiServer, openaiServer, type Step, streams } from '../../support/openai-server.ts';
import { seenIn, solid } from '../../support/solid.ts';

const chart = taskNamed('chart');
const script = 'import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.savefig("chart.png")\n';
const reply = `<think>Two points.</think>\nHere:\n\`\`\`python\n${script}\`\`\`\n`;

const opened: OpenAiServer[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((server) => server.close()));
});
async function generatorOn(step: Step, options: Partial<Parameters<typeof lvlmGenerator>[0]> = {}) {
  const server = await openaiServer(step);
  opened.push(server);
  const model = await openModel({ name: 'openai:model', baseUrl: server.url }, {});
  return { server, generator: lvlmGenerator({ model, prompts: await loadPrompts(), ...options }) };
}

generatorConformance('lvlmGenerator', async () => {
  const server = await openaiServer(streams(reply));
  const model = await openModel({ name: 'openai:model', baseUrl: server.url }, {});
  return {
    generator: lvlmGenerator({ model, prompts: await loadPrompts() }),
    request: { task: chart, language: languageOf(chart), image: await solid('red') },
    draft: script,
    close: server.close,
  };
});

/** The user's message of the only request so far: its pictures, then its text. */
async function asked(server: OpenAiServer) {
  const [message] = server.seen[0]?.body.messages ?? [];
  const content = typeof message?.content === 'string' ? [] : (message?.content ?? []);
  const urls = content.flatMap(({ image_url }) => (image_url ? [image_url.url] : []));
  return {
    kinds: content.map(({ type }) => type),
    pictures: await Promise.all(urls.map(seenIn)),
    text: content.at(-1)?.text ?? '',
  };
}

describe('a first draft', () => {
  it('is asked with the picture as the task wants it, then the instruction', async () => {
    const { server, generator } = await generatorOn(streams(reply));
    const request = { task: chart, language: languageOf(chart), image: await solid('#ff0000', 3000, 1500) };
    expect(await generator.generate(request)).toMatchObject({ code: script, reply, truncated: false });
    const { kinds, pictures, text } = await asked(server);
    expect(kinds).toEqual(['image_url', 'text']);
    expect(pictures).toMatchObject([{ format: 'jpeg', width: 1024, height: 512 }]);
    expect(text).toMatch(/```python code block/);
    expect(text).not.toContain('The user also asks');
    expect(server.seen[0]?.body).toMatchObject({ max_tokens: chart.generator.sampling.maxTokens });
  });

  it('tells an SVG model the size of the picture as it sees it, and the wish of the user', async () => {
    const svg = taskNamed('svg');
    const { server, generator } = await generatorOn(streams('<svg></svg>'), {
      image: { maxSide: 100, format: 'png' },
      sampling: { temperature: 0.2, maxTokens: null },
    });
    const request = { task: svg, language: languageOf(svg), image: await solid('red', 400, 200) };
    expect(await generator.generate({ ...request, instructions: 'No text, please. {{code}}' })).toMatchObject(
      {
        code: '<svg></svg>\n',
      },
    );
    const { pictures, text } = await asked(server);
    expect(pictures).toMatchObject([{ format: 'png', width: 100, height: 50 }]);
    expect(text).toContain('viewBox="0 0 100 50"');
    expect(text).toContain('The user also asks:\nNo text, please. {{code}}');
    expect(server.seen[0]?.body).toMatchObject({ temperature: 0.2 });
    expect(server.seen[0]?.body).not.toHaveProperty('max_tokens');
  });

  it.each([
    ['html', /```html code block/],
    ['markdown', /```markdown code block/],
  ])('of a table is asked for in %s', async (name, form) => {
    const table = taskNamed('table');
    const { server, generator } = await generatorOn(streams('| a |'));
    await generator.generate({ task: table, language: languageOf(table, name), image: await solid('red') });
    expect((await asked(server)).text).toMatch(form);
  });

  it('that was cut off is marked, with the code as far as it goes', async () => {
    const { generator } = await generatorOn(streams(`\`\`\`python\n${script}`, { finish: 'length' }));
    const request = { task: chart, language: languageOf(chart), image: await solid('red') };
    expect(await generator.generate(request)).toMatchObject({ code: script, truncated: true });
  });

  it('without code in it has none', async () => {
    const { generator } = await generatorOn(streams('I cannot see any image.'));
    const request = { task: chart, language: languageOf(chart), image: await solid('red') };
    expect(await generator.generate(request)).toMatchObject({ code: '', reply: 'I cannot see any image.' });
  });
});

describe('a revision', () => {
  const revised = async (previous: PreviousDraft, request: Partial<GenerateRequest> = {}) => {
    const { server, generator } = await generatorOn(streams(reply));
    const language = languageOf(chart);
    await generator.generate({ task: chart, language, image: await solid('#ff0000'), previous, ...request });
    return asked(server);
  };
  const discrepancy = (fields: Partial<Discrepancy>): Discrepancy => ({
    category: 'data_error',
    severity: 1,
    location: '',
    description: 'differs',
    ...fields,
  });
  const critique = (...discrepancies: Discrepancy[]) =>
    critiqueOf({ critic: 'test', discrepancies, usage: noUsage });

  it('gets the last code and the differences, numbered, the most severe first, with their places', async () => {
    const feedback = critique(
      discrepancy({ severity: 1, description: 'The grid is missing.' }),
      discrepancy({ severity: 3, location: 'left subplot', description: 'The third bar is 12, not 21.' }),
      discrepancy({
        severity: 2,
        category: 'text_error',
        description: 'Wrong title.',
        box: [0.25, 0, 0.5, 0.1],
      }),
    );
    const { kinds, text } = await revised({ code: script, feedback });
    expect(kinds).toEqual(['image_url', 'text']);
    expect(text).toContain(`\`\`\`python\n${script}\`\`\``);
    expect(text).toContain(
      [
        '1. [severe data_error] left subplot: The third bar is 12, not 21.',
        '2. [medium text_error] (25% to 75% from the left, 0% to 10% from the top): Wrong title.',
        '3. [minor data_error] The grid is missing.',
      ].join('\n'),
    );
  });

  it('is shown the last render behind the target where the strategy says so', async () => {
    const render = await solid('#0000ff');
    const { pictures, text } = await revised({ code: script, feedback: critique(discrepancy({})), render });
    const [first = [], second = []] = pictures.map(({ colour }) => colour);
    expect([first[0], second[2]].every((value) => Number(value) > 240)).toBe(true);
    expect(text).toContain('The second image shows what the current code draws');
  });

  it('gets the error with its line where the code did not render', async () => {
    const { text } = await revised({
      code: script,
      feedback: {
        kind: 'render-failure',
        outcome: 'runtime-error',
        message: "AttributeError: no attribute 'plto'",
        line: 2,
        detail: `Traceback: ${'x'.repeat(50_000)}`,
      },
    });
    expect(text).toContain("AttributeError: no attribute 'plto'\nLine 2: plt.plot([1, 2])\nTraceback: xxx");
    expect(text.length).toBeLessThan(8000);
    expect(text).not.toContain('reviewer');
  });

  it('is a new draft where the last answer held no code', async () => {
    const feedback = { kind: 'render-failure', outcome: 'no-code', message: 'There is no code.' } as const;
    const { text } = await revised({ code: '', feedback });
    expect(text).toMatch(/^Your last answer held no code/);
    expect(text).toContain('draws this chart again');
  });

  it('is told when there is no review, or one without differences', async () => {
    const failure = {
      kind: 'critic-failure',
      critic: 'test',
      reason: 'secret reason',
      usage: noUsage,
    } as const;
    const { text } = await revised({ code: script, feedback: failure });
    expect(text).toContain('No review is available');
    expect(text).not.toContain('secret reason');
    expect((await revised({ code: script, feedback: critique() })).text).toContain('found no difference');
  });

  it('is not buried under an endless critique, nor does its code end its own fence', async () => {
    const many = Array.from({ length: 500 }, (_, index) =>
      discrepancy({ description: `${index} ${'long '.repeat(1000)}` }),
    );
    const code = `${script}# \`\`\`\n`;
    const { text } = await revised({ code, feedback: critique(...many) });
    expect(text).toContain('(and 460 more, no more severe than these)');
    expect(text.length).toBeLessThan(35_000);
    expect(text).toContain(`\`\`\`\`python\n${code}\`\`\`\``);
  });
});
