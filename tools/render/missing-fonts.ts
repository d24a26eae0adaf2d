import { eastAsian, type FontUse, fontPackages, pinnedFonts } from './fonts.ts';

interface Script {
  readonly characters: RegExp;
  readonly what: string;
  readonly use: (language: string) => keyof typeof fontPackages;
}

const scripts: readonly Script[] = [
  { characters: eastAsian, what: 'Chinese, Japanese or Korean', use: () => 'cjk' },
  {
    characters: /\p{Emoji_Presentation}/u,
    what: 'emoji',
    // Chromium draws coloured bitmaps, the others outlines.
    use: (language) => (language === 'html' || language === 'markdown' ? 'emoji' : 'symbols'),
  },
];

/** A sentence for each script that the code writes and no font here has: such characters are drawn as boxes. */
export function missingFonts(
  code: string,
  language: string,
  fontsFor: (use: FontUse) => readonly string[] = pinnedFonts,
): string[] {
  return scripts.flatMap(({ characters, what, use }) => {
    const needed = use(language);
    if (!characters.test(code) || fontsFor(needed).length > 0) return [];
    return `No font here has its ${what} characters: they are drawn as boxes (apt-get install ${fontPackages[needed]}).`;
  });
}
