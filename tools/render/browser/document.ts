/** Layout width of text that never ends: the baseline's window of 3600 px less the margins (reference.md, section 4). */
const MAX_WIDTH = 3560;

/**
 * The style of the published pipeline, before the author's own, so that the author's rules win. The body is as
 * wide as what it holds: `width: 100%` means the table's natural width, not that of an arbitrary window.
 */
const style = `
html { color-scheme: only light !important; }
body { background: #fff; color: #000; margin: 20px; width: max-content; max-width: ${MAX_WIDTH}px; }
table { border-collapse: collapse; font-family: Arial, sans-serif; font-size: 14px; }
th, td { border: 1px solid #333; padding: 6px 10px; }
*, *::before, *::after { animation: none !important; transition: none !important; }`;

/**
 * Makes one document of a fragment or a whole document: what comes before the author's own <html>, <head> and
 * <body> is in the head, and HTML's parser merges theirs into the document that is already there.
 */
export function documentOf(html: string): string {
  return `<!DOCTYPE html><meta charset="utf-8"><style>${style}</style>\n${html}`;
}

/** Any picture by data URL, raster or vector: a table is text. */
export function embedsPicture(html: string): boolean {
  return /data:image\//i.test(html);
}

/**
 * `sandbox` alone forbids scripts, forms, popups, storage and refreshes, and gives the document an origin that
 * nothing shares; `default-src 'none'` refuses every request. Pictures by data URL are let through only
 * where they were seen, so that one hidden by escapes is not shown.
 */
export function policyFor(html: string): string {
  const pictures = embedsPicture(html) ? 'data:' : "'none'";
  return `sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src ${pictures}; base-uri 'none'; form-action 'none'`;
}
