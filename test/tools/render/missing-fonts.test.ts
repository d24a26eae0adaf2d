import { describe, expect, it } from 'vitest';
import { missingFonts } from '../../../tools/render/missing-fonts.ts';

describe('characters that no font has', () => {
  const none = () => [];
  it.each([
    ['print("売上")', 'matplotlib', /Japanese.*fonts-noto-cjk/],
    ['<svg><text>매출</text></svg>', 'svg', /Korean.*fonts-noto-cjk/],
    ['<table><tr><td>🚀</td></tr></table>', 'html', /emoji.*fonts-noto-color-emoji/],
    ['plt.title("🚀")', 'matplotlib', /emoji.*fonts-symbola/],
  ])('%s in %s', (code, language, said) => {
    expect(missingFonts(code, language, none)).toEqual([expect.stringMatching(said)]);
    expect(missingFonts(code, language, () => ['font.ttf'])).toEqual([]);
  });

  it('are none in Latin, Greek and digits', () =>
    expect(missingFonts('Größe µ ≤ 10 © 2024 # *', 'svg', none)).toEqual([]));
});
