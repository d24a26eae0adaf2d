import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { Check } from '../../core/check.ts';

/**
 * What a font file is for. All but `latin` are optional: without them such characters become boxes. `emoji` are
 * coloured bitmaps, which Chromium draws; `symbols` are outlines of the same, which resvg and matplotlib draw.
 */
export type FontUse = (typeof uses)[number];

const uses = ['latin', 'cjk', 'emoji', 'symbols'] as const;

/** Debian's packages of the optional ones. */
export const fontPackages = {
  cjk: 'fonts-noto-cjk',
  emoji: 'fonts-noto-color-emoji',
  symbols: 'fonts-symbola',
} as const satisfies Partial<Record<FontUse, string>>;

/** What the CJK fonts are for: Chinese, Japanese and Korean letters, their punctuation and full-width forms. */
export const eastAsian =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff00-\uffef]/u;

interface FontPlace {
  readonly use: FontUse;
  /** File names, the same in every distribution. */
  readonly names: readonly string[];
  /** Where Debian, Fedora, Arch and Homebrew put them; the first that exists is taken, file by file. */
  readonly folders: readonly string[];
}

const styles = ['Regular', 'Bold', 'Italic', 'BoldItalic'];

const places: readonly FontPlace[] = [
  {
    use: 'latin',
    names: ['Sans', 'Serif', 'Mono'].flatMap((family) => styles.map((s) => `Liberation${family}-${s}.ttf`)),
    folders: [
      '/usr/share/fonts/truetype/liberation',
      '/usr/share/fonts/truetype/liberation2',
      '/usr/share/fonts/liberation-fonts',
      '/usr/share/fonts/liberation',
      '/Library/Fonts',
    ],
  },
  {
    use: 'latin',
    names: ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf', 'DejaVuSans-Oblique.ttf', 'DejaVuSansMono.ttf'],
    folders: [
      '/usr/share/fonts/truetype/dejavu',
      '/usr/share/fonts/dejavu-sans-fonts',
      '/usr/share/fonts/TTF',
      '/Library/Fonts',
    ],
  },
  {
    use: 'cjk',
    names: ['NotoSansCJK-Regular.ttc', 'NotoSansCJK-Bold.ttc'],
    folders: [
      '/usr/share/fonts/opentype/noto',
      '/usr/share/fonts/google-noto-cjk',
      '/usr/share/fonts/noto-cjk',
    ],
  },
  {
    use: 'emoji',
    names: ['NotoColorEmoji.ttf'],
    folders: [
      '/usr/share/fonts/truetype/noto',
      '/usr/share/fonts/google-noto-emoji',
      '/usr/share/fonts/noto',
    ],
  },
  {
    use: 'symbols',
    names: ['Symbola_hint.ttf', 'Symbola.ttf'],
    folders: ['/usr/share/fonts/truetype/ancient-scripts', '/usr/share/fonts/TTF', '/Library/Fonts'],
  },
];

/**
 * The font files that renders stand on, found by path and in a fixed order, so that neither what else is
 * installed nor the user's own fontconfig changes a picture. Machines with the same files give the same bytes.
 */
export function pinnedFonts(use: FontUse): readonly string[] {
  return places
    .filter((place) => place.use === use)
    .flatMap(({ names, folders }) =>
      names.flatMap((name) => {
        const path = folders.map((folder) => `${folder}/${name}`).find((candidate) => existsSync(candidate));
        return path === undefined ? [] : [path];
      }),
    );
}

/** Differs between machines whose pinned fonts differ (by file name and size). */
export function fontsVersion(): string {
  const hash = createHash('sha256');
  for (const path of uses.flatMap(pinnedFonts)) {
    hash.update(`${basename(path)} ${statSync(path).size}\n`);
  }
  return hash.digest('hex').slice(0, 12);
}

/** Whether the fonts are there that renders stand on. */
export async function checkFonts(): Promise<Check[]> {
  const check = (name: string, paths: readonly string[], expected: number, remedy: string): Check => {
    const [first] = paths;
    if (first !== undefined && paths.length >= expected) return { name, ok: true, detail: dirname(first) };
    return { name, ok: false, detail: `${paths.length} of ${expected} files found`, remedy };
  };
  const boxes = { optional: true, detail: 'not installed: such characters are drawn as boxes' };
  const optional = (found: Check): Check =>
    found.ok ? { ...found, optional: true } : { ...found, ...boxes };
  const latin = pinnedFonts('latin');
  const named = (prefix: string) => latin.filter((path) => basename(path).startsWith(prefix));
  return [
    check('Liberation fonts (Arial)', named('Liberation'), 12, 'apt-get install fonts-liberation'),
    check('DejaVu fonts', named('DejaVu'), 4, 'apt-get install fonts-dejavu'),
    optional(check('CJK fonts', pinnedFonts('cjk'), 1, `apt-get install ${fontPackages.cjk}`)),
    optional(check('emoji font (tables)', pinnedFonts('emoji'), 1, `apt-get install ${fontPackages.emoji}`)),
    optional(check('emoji font (SVG)', pinnedFonts('symbols'), 1, `apt-get install ${fontPackages.symbols}`)),
  ];
}
