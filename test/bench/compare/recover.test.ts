import { expect, it } from 'vitest';
import { recover } from '../../../scripts/compare/recover.ts';

it('a comparison of simulated models of known skill finds their order, by the real loop', async () => {
  const { ordered, shown, told } = await recover(1, 40);
  expect({ ordered, shown, told }).toEqual({ ordered: 1, shown: 1, told: 0 });
});
