/** A font of the renderer's, as SVG attributes. */
export type Family = string;

const metric = ['Arial, sans-serif', 'Times New Roman, serif', 'Courier New, monospace'] as const;
const styles = [
  '',
  ' font-weight="bold"',
  ' font-style="italic"',
  ' font-weight="bold" font-style="italic"',
] as const;

/** Fonts that text is compared with: those of common metrics in four styles, and what Linux has for sans. */
export const families: readonly Family[] = [
  ...metric.flatMap((name) => styles.map((style) => `font-family="${name}"${style}`)),
  ...styles.slice(0, 3).map((style) => `font-family="DejaVu Sans, sans-serif"${style}`),
  'font-family="DejaVu Sans Mono, monospace"',
];
