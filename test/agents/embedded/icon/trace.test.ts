import { describe, expect, it } from 'vitest';
import { trace } from '../../../../agents/embedded/icon/trace/trace.ts';
import { pixelsOf } from '../../../../tools/image/pixels.ts';
import { segment } from '../../../../tools/image/segment/segment.ts';
import { drawn, icon } from '../drawn.ts';

/** The lines of SVG that a drawing of 240 pixels is read as: two pixels a unit. */
async function read(...elements: readonly string[]): Promise<string[]> {
  return trace(await segment(await pixelsOf(drawn(icon(...elements), 240))));
}

/** The value of a numeric attribute. */
const number = (element: string | undefined, name: string): number =>
  Number(new RegExp(`\\s${name}="([^"]*)"`).exec(element ?? '')?.[1]);

describe('trace', () => {
  it('writes a circle as a circle', async () => {
    const [only, ...rest] = await read('<circle cx="60" cy="50" r="30" fill="#f59e0b"/>');
    expect(rest).toEqual([]);
    expect(only).toContain('<circle');
    expect(only).toContain('fill="#f59e0b"');
    expect(number(only, 'cx')).toBeCloseTo(120, 0);
    expect(number(only, 'r')).toBeCloseTo(60, 0);
  });

  it('writes a rounded rectangle as one, with its radius', async () => {
    const [only] = await read('<rect x="20" y="30" width="70" height="50" rx="10" fill="#e11d48"/>');
    expect(only).toContain('<rect');
    expect(number(only, 'width')).toBeCloseTo(140, 0);
    expect(Math.abs(number(only, 'rx') - 20)).toBeLessThan(0.6);
  });

  it('reads lines of one width as strokes along their middle', async () => {
    const [only, ...rest] = await read(
      '<path d="M20 60 L50 90 L100 30" fill="none" stroke="#1d4ed8" stroke-width="8" stroke-linecap="round" stroke-linejoin="round"/>',
    );
    expect(rest).toEqual([]);
    expect(only).toContain('fill="none"');
    expect(only).toContain('stroke-linecap="round"');
    expect(Math.abs(number(only, 'stroke-width') - 16)).toBeLessThan(0.4);
  });

  it('gives an outlined shape its fill and its stroke in one element', async () => {
    const lines = await read(
      '<circle cx="60" cy="60" r="40" fill="#fde047" stroke="#111111" stroke-width="6"/>',
    );
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/<circle .*fill="#fde047" stroke="#111111"/);
  });

  it('completes a disc that a square covers in part', async () => {
    const lines = await read(
      '<circle cx="45" cy="45" r="30" fill="#94a3b8"/>',
      '<rect x="50" y="50" width="50" height="50" fill="#2563eb"/>',
    );
    expect(lines.map((line) => /<(\w+)/.exec(line)?.[1])).toEqual(['circle', 'rect']);
  });

  it('finds a linear gradient and its ends', async () => {
    const lines = await read(
      '<defs><linearGradient id="a" x2="0" y2="1"><stop offset="0" stop-color="#0000ff"/><stop offset="1" stop-color="#ff0000"/></linearGradient></defs>',
      '<rect x="20" y="20" width="80" height="80" fill="url(#a)"/>',
    );
    const gradient = lines.find((line) => line.includes('<linearGradient'));
    expect(gradient).toContain('x2="0" y2="1"');
    expect(gradient?.match(/<stop /g)).toHaveLength(2);
  });

  it('finds the centre of a radial gradient', async () => {
    const lines = await read(
      '<defs><radialGradient id="a" cx="0.4" cy="0.35" r="0.7"><stop offset="0" stop-color="#fff7bf"/><stop offset="1" stop-color="#f59e0b"/></radialGradient></defs>',
      '<circle cx="60" cy="60" r="45" fill="url(#a)"/>',
    );
    const gradient = lines.find((line) => line.includes('<radialGradient'));
    expect(number(gradient, 'cx')).toBeCloseTo(0.4, 1);
    expect(number(gradient, 'cy')).toBeCloseTo(0.35, 1);
  });

  it('writes neighbours of one paint as a group', async () => {
    const lines = await read(
      '<circle cx="30" cy="60" r="12" fill="#111111"/>',
      '<circle cx="90" cy="60" r="12" fill="#111111"/>',
    );
    expect(lines[0]).toBe('<g fill="#111111">');
    expect(lines.at(-1)).toBe('</g>');
  });
});
