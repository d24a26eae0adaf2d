import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { taskNamed } from '../../../../core/tasks/index.ts';
import { parseCritiqueReply } from '../../../../tools/critic/lvlm/parse.ts';

const chart = taskNamed('chart');
const table = taskNamed('table');
const one = { category: 'data_error', severity: 2, location: 'third bar', description: '12 became 21' };
const two = { category: 'text_error', severity: 1, location: 'title', description: 'a word is missing' };
const errors = (...list: unknown[]) => JSON.stringify({ errors: list });
const read = (reply: string) => {
  const result = parseCritiqueReply(reply, chart);
  return result.ok ? result.discrepancies : result.reason;
};

describe('a critique is read', () => {
  it.each<[string, string]>([
    ['alone', errors(one, two)],
    ['with counts that disagree', JSON.stringify({ errors: [one, two], data_error_count: 9 })],
    ['in a fence', `\`\`\`json\n${errors(one, two)}\n\`\`\``],
    ['with words around it', `Here is what I found [see below]:\n${errors(one, two)}\nThat is all {really}.`],
    ['after thoughts', `<think>Perhaps ${errors()}?</think>${errors(one, two)}`],
    ['after thoughts without a begin mark', `Let me compare. {"errors": []}\n</think>\n${errors(one, two)}`],
    ['inside thoughts that never end', `<think>Compare.\n${errors(one, two)}`],
    ['before an echo of the empty form', `${errors(one, two)}\nOtherwise it would be {"errors": []}.`],
    ['the last of two', `${errors(two)}\nOn second thought:\n${errors(one, two)}`],
    ['in an array', JSON.stringify([{ errors: [one, two] }])],
    ['in a wrapper', JSON.stringify({ result: { critique: { errors: [one, two] } } })],
    ['under another name', JSON.stringify({ discrepancies: [one, two] })],
    ['as a bare array', JSON.stringify([one, two])],
    ['one object a line', `${JSON.stringify(one)}\n${JSON.stringify(two)}`],
    ['by category', JSON.stringify({ errors: { data_error: [one], text_error: [two], style_error: [] } })],
    ['with entries repeated', errors(one, two, one, two, one)],
    [
      'cut off within an entry',
      `{"errors": [${JSON.stringify(one)}, ${JSON.stringify(two)}, {"category": "style_er`,
    ],
    ['cut off after the list', `{"errors": ${JSON.stringify([one, two])}, "structure_err`],
    [
      'with single quotes and a trailing comma',
      `{'errors': [${JSON.stringify(one).replaceAll('"', "'")}, ${JSON.stringify(two)},]}`,
    ],
    ['with comments', `{"errors": [ // two\n${JSON.stringify(one)}, ${JSON.stringify(two)}]}`],
    ['with numbers as strings', errors({ ...one, severity: '2' }, { ...two, severity: '1/3' })],
    ['with words for severities', errors({ ...one, severity: 'Medium' }, { ...two, severity: 'low' })],
    ['with severities between', errors({ ...one, severity: 2.2 }, { ...two, severity: 0 })],
    [
      'with other names of fields',
      errors(
        { type: 'data', severity: 2, position: 'third bar', desc: '12 became 21' },
        { Category: 'Text Errors', Severity: 1, Location: 'title', Description: ' a word is missing ' },
      ),
    ],
  ])('%s', (_, reply) => {
    expect(read(reply)).toEqual([one, two]);
  });

  it('that finds nothing', () => {
    expect(read('{"errors": []}')).toEqual([]);
    expect(read("```json\n{'errors': [ ], 'data_error_count': 0,}\n```")).toEqual([]);
    expect(read('{"errors": [], "data_error_cou')).toEqual([]);
    expect(read('{"errors": {"data_error": [], "text_error": []}}')).toEqual([]);
  });

  it('of a table: type for category, no location', () => {
    const reply = errors({ type: 'numeric_error', severity: 3, description: '1.0 became 10' });
    expect(parseCritiqueReply(reply, table)).toEqual({
      ok: true,
      discrepancies: [{ category: 'numeric_error', severity: 3, location: '', description: '1.0 became 10' }],
    });
  });

  it('with quotation marks that are not escaped', () => {
    const reply =
      '{"errors": [{"category": "text_error", "severity": 2, "location": "title", "description": "the "Total" label is 5" high"}]}';
    expect(read(reply)).toMatchObject([{ category: 'text_error', severity: 2, location: 'title' }]);
  });

  it('with severities out of range and unreadable ones, never as none', () => {
    const severities = [7, -3, 1e308, 'critical', 'hmm', null, undefined].map((severity, index) => ({
      ...one,
      severity,
      location: `${index}`,
    }));
    const found = read(errors(...severities));
    expect(Array.isArray(found) && found.map((entry) => Object(entry).severity)).toEqual([
      3, 1, 3, 3, 2, 2, 2,
    ]);
  });

  it('with an unknown category, which is kept', () => {
    expect(read(errors({ ...one, category: 'Axis Scale' }))).toMatchObject([{ category: 'axis_scale' }]);
    expect(read(errors({ ...one, category: undefined }))).toMatchObject([{ category: 'other_error' }]);
  });

  it('with boxes, where they can be understood', () => {
    const boxes = [
      { box: [0.1, 0.2, 0.3, 0.4] },
      { bbox_2d: [100, 200, 400, 600] },
      { box: [100, 200, 300, 400] },
      { box: 'left' },
    ].map((box, index) => ({ ...one, location: `${index}`, ...box }));
    expect(read(errors(...boxes))).toMatchObject([
      { box: [0.1, 0.2, 0.3, 0.4] },
      { box: [0.1, 0.2, expect.closeTo(0.3), expect.closeTo(0.4)] },
      expect.not.objectContaining({ box: expect.anything() }),
      expect.not.objectContaining({ box: expect.anything() }),
    ]);
  });
});

describe('what is no critique never reads as one that finds nothing', () => {
  it.each([
    '',
    ' \n',
    'The two charts look the same.',
    '{}',
    '[]',
    'null',
    '{"data_error_count": 0}',
    '{"errors": null}',
    '{"errors": "none"}',
    '{"errors": {}}',
    '{"errors": 0}',
    '{"errors": [',
    '{"errors": [{"category": "data_error", "seve',
    '{"errors": [}',
    '{"errors": [...]}',
    '{"errors": [ ... ], "notes": []}',
    '{"errors": {"data_error": [], "text_err',
    '{"errors": [{}]}',
    '{"errors": [null, 3, []]}',
    '{"errors": [{"category": "data_error", "severity": 2, "location": "...", "description": "..."}]}',
    '<think>{"errors": []}',
    '<think>nothing differs</think>',
    '<svg><rect/></svg>',
    '{"error": {"message": "out of memory"}}',
  ])('%j', (reply) => {
    expect(parseCritiqueReply(reply, chart)).toEqual({ ok: false, reason: expect.any(String) });
  });
});

describe('whatever a model writes', () => {
  it('a critique comes out as it went in', () => {
    const text = fc.string({ minLength: 1, maxLength: 60 }).map((s) => `x${s.trim()}`);
    const entry = fc.record({
      category: fc.constantFrom(...chart.categories),
      severity: fc.constantFrom(1, 2, 3),
      location: text,
      description: text,
    });
    const list = fc.uniqueArray(entry, {
      selector: (e) => JSON.stringify(e).toLowerCase(),
      minLength: 1,
      maxLength: 20,
    });
    fc.assert(
      fc.property(list, fc.stringMatching(/^[a-z .]{0,30}$/), (entries, words) => {
        const trimmed = entries.map((e) => ({
          ...e,
          location: e.location.trim(),
          description: e.description.trim(),
        }));
        expect(
          read(`${words}\n\`\`\`json\n${JSON.stringify({ errors: entries }, null, 2)}\n\`\`\`\n${words}`),
        ).toEqual(trimmed);
      }),
    );
  });

  it('cut off anywhere, it gives a part of its entries or a failure, never none', () => {
    const whole = JSON.stringify({
      errors: [one, two, { ...one, description: 'a } brace, a "quote" and a [' }],
    });
    const all = read(whole);
    for (let end = 0; end < whole.length; end += 1) {
      const found = read(whole.slice(0, end));
      if (typeof found === 'string') continue;
      expect(found.length).toBeGreaterThan(0);
      expect(all.slice(0, found.length)).toEqual(found);
    }
  });

  it.each<[string, string]>([
    ['brackets without end', '['.repeat(300_000)],
    ['objects without end', '{"errors":'.repeat(100_000)],
    ['deep but closed', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
    ['quotation marks', '{"'.repeat(150_000)],
    ['backslashes', `{"errors": ["${'\\'.repeat(200_000)}`],
    ['white space', `{"errors": [${' \n'.repeat(150_000)}`],
    ['words', '{ no json here '.repeat(20_000)],
  ])('%s: it is a failure, and the parser comes back', (_, reply) => {
    expect(read(reply)).toEqual(expect.any(String));
  });

  it('endless repetition is one entry, endless variation is bounded', () => {
    const again = `{"errors": [${`${JSON.stringify(one)}, `.repeat(5000)}`;
    expect(read(again)).toEqual([one]);
    const many = Array.from({ length: 1500 }, (_, index) => ({ ...one, location: `bar ${index}` }));
    expect(read(errors(...many)).length).toBe(100);
  });
});
