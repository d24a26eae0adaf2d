import { expect, it } from 'vitest';
import { shardsIn } from '../../../../agents/embedded/icon/shards.ts';
import { pixelsOf } from '../../../../tools/image/pixels.ts';
import { segment } from '../../../../tools/image/segment/segment.ts';
import { drawn, icon } from '../drawn.ts';

const circle = '<circle cx="60" cy="60" r="40" fill="#1d4ed8"/>';
const specks = Array.from({ length: 8 }, (_, i) => `<rect x="${8 + 12 * i}" y="6" width="2" height="1"/>`);

it('calls code shards that draws more slivers than shapes, and code that leaves them out not', async () => {
  const shattered = shardsIn(await segment(await pixelsOf(drawn(icon(circle, ...specks), 120))));
  expect(shattered(icon(circle, ...specks))).toBe(true);
  expect(shattered(icon(circle))).toBe(false);
});

it('never does for a drawing without slivers', async () => {
  const shattered = shardsIn(await segment(await pixelsOf(drawn(icon(circle), 120))));
  expect(shattered(icon(circle, ...specks))).toBe(false);
});
