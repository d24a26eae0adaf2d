/** Code that was found in a text. */
export interface Found {
  readonly code: string;
  /** Its end is missing. */
  readonly cut: boolean;
}

/** How code of one language is told from other text. */
export interface Shape {
  /** Code in a text without fences. */
  inText(text: string): Found | undefined;
  /** Code in a fenced block, without what a model wraps around it. */
  inBlock(text: string): Found | undefined;
}

/** The shape of a language; one that is not known here is whatever stands in a fence. */
export function shapeOf(language: string): Shape {
  return shapes[language] ?? anything;
}

const whole = (text: string): Found | undefined =>
  text.trim() === '' ? undefined : { code: text, cut: false };
const anything: Shape = { inText: () => undefined, inBlock: whole };

const shapes: Readonly<Record<string, Shape>> = {
  svg: { inText: lastSvg, inBlock: lastSvg },
  html: { inText: tables, inBlock: tables },
  markdown: { inText: pipeRows, inBlock: (text) => (text.includes('|') ? whole(text) : undefined) },
  matplotlib: {
    inText: pythonFromFirstImport,
    inBlock: (text) => (/\b(?:matplotlib|plt|pyplot|fig|ax)\b/.test(text) ? whole(text) : undefined),
  },
};

/** The last outermost <svg> element; a mention of `<svg>` in prose is none. */
function lastSvg(text: string): Found | undefined {
  let depth = 0;
  let start = -1;
  let last: Found | undefined;
  for (const { 0: tag, index } of text.matchAll(/(?<!`)<svg[\s>]|<\/svg\s*>/g)) {
    if (!tag.startsWith('</')) {
      if (depth === 0) start = index;
      depth += 1;
    } else if (depth > 0) {
      depth -= 1;
      if (depth === 0) last = { code: text.slice(start, index + tag.length), cut: false };
    }
  }
  return depth > 0 ? { code: text.slice(start), cut: true } : last;
}

/** From the first <table> to the end of the last one. */
function tables(text: string): Found | undefined {
  const start = /(?<!`)<table[\s>]/i.exec(text)?.index;
  if (start === undefined) return undefined;
  const end = [...text.matchAll(/<\/table\s*>/gi)].at(-1);
  if (!end || end.index < start) return { code: text.slice(start), cut: true };
  return { code: text.slice(start, end.index + end[0].length), cut: false };
}

/** The last run of lines that hold a pipe, two at least. */
function pipeRows(text: string): Found | undefined {
  const runs: string[][] = [[]];
  for (const line of text.split('\n')) {
    if (line.includes('|')) runs.at(-1)?.push(line);
    else if (runs.at(-1)?.length) runs.push([]);
  }
  const rows = runs.filter((run) => run.length > 1).at(-1);
  return rows && { code: rows.join('\n'), cut: false };
}

/** Nothing marks the end of bare Python, so what follows the first import belongs to it. */
function pythonFromFirstImport(text: string): Found | undefined {
  const start = /^(?:import [\w.]|from [\w.]+ import\b)/m.exec(text)?.index;
  const code = start === undefined ? '' : text.slice(start);
  return /\b(?:matplotlib|plt|pyplot)\b/.test(code) ? { code, cut: false } : undefined;
}
