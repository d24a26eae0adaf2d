import { expect, test } from 'vitest';
import { liveRunOf } from '../../core/live.ts';
import { ago, compact, dollars, duration, percent, plural } from '../../web/lib/format.ts';
import { findingsOf, scoreOf, scoreWords } from '../../web/lib/score.ts';
import { drawChart } from '../support/chart.ts';
import { runOf } from '../support/record.ts';
import { sampleRun } from '../support/sample-run.ts';

test('figures read as a person would write them', () => {
  expect([0, 85.4, 4_210, 59_960, 125_000].map(duration)).toEqual([
    '0 ms',
    '85 ms',
    '4.2 s',
    '1 min 0 s',
    '2 min 5 s',
  ]);
  expect([0, 0.00001, 0.0072, 0.023, 0.41, 1].map(percent)).toEqual([
    '0 %',
    '< 0.01 %',
    '0.72 %',
    '2.3 %',
    '41 %',
    '100 %',
  ]);
  expect([950, 29_870, 1_200_000].map(compact)).toEqual(['950', '29.9k', '1.2M']);
  const now = Date.parse('2026-01-08T12:00:00Z');
  const dates = [
    '2026-01-08T11:59:40Z',
    '2026-01-08T11:15:00Z',
    '2026-01-08T09:00:00Z',
    '2026-01-07T09:00:00Z',
  ];
  expect(dates.map((date) => ago(date, now))).toEqual(['just now', '45 min. ago', '3 hr. ago', 'yesterday']);
  expect([plural(1, 'round'), plural(4000, 'round')]).toEqual(['1 round', '4,000 rounds']);
});

test('a cost of zero is no price, not a price of nothing', () => {
  expect([0, 0.0042, 1.255].map(dollars)).toEqual(['–', '$0.0042', '$1.25']);
});

test('only a round that was scored has a number', () => {
  const { rounds } = liveRunOf(sampleRun().record);
  expect(rounds.map(scoreOf)).toEqual([
    { kind: 'scored', severity: 11 },
    { kind: 'failed' },
    { kind: 'unscored' },
    { kind: 'scored', severity: 3 },
    { kind: 'scored', severity: 1 },
  ]);
  expect(rounds.map(scoreWords)).toContain('did not render');
});

test('a render that fakes likeness is not shown as perfect', () => {
  const hacks = [{ kind: 'embedded-raster', message: 'The code embeds a picture.' }] as const;
  const { record } = runOf(drawChart(), [{ code: '<svg/>', render: drawChart(), found: [], hacks }]);
  expect(liveRunOf(record).rounds.map(scoreOf)).toEqual([{ kind: 'faked' }]);
});

test('without a critic a round has no score', () => {
  const { record } = runOf(drawChart(), [{ code: 'plot', render: drawChart(), found: null }], {
    critic: null,
  });
  const [round] = liveRunOf(record).rounds;
  expect(round && [scoreOf(round), scoreWords(round)]).toEqual([{ kind: 'unscored' }, 'no critic']);
});

test('findings are numbered from the most severe, equals in the order of the critic', () => {
  const [first] = liveRunOf(sampleRun().record).rounds;
  const findings = first ? findingsOf(first) : [];
  expect(findings.map(({ number, severity, category }) => [number, severity, category])).toEqual([
    [1, 3, 'structure_error'],
    [2, 3, 'data_error'],
    [3, 2, 'text_error'],
    [4, 2, 'style_error'],
    [5, 1, 'style_error'],
  ]);
});
