import type { Hostile } from '../expectation.ts';

export interface Surroundings {
  /** Base URL of a server that must never be asked. */
  readonly url: string;
  /** Path of a picture outside the document, which must never be shown. */
  readonly picture: string;
  /** A PNG whose header claims far more pixels than it has bytes for. */
  readonly bomb: Uint8Array;
}

const range = (count: number) => Array.from({ length: count }, (_, index) => index);
const svg = (body: string, attributes = 'viewBox="0 0 24 24"') =>
  `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ${attributes}>${body}</svg>`;
const shape = '<circle cx="12" cy="12" r="8" fill="olive"/>';

/** Each level repeats the one before `times` times. */
const laughs = (levels: number, times: number) => {
  const level = (n: number) => `<g id="u${n}">${`<use href="#u${n - 1}"/>`.repeat(times)}</g>`;
  const defs = range(levels).map((n) => (n === 0 ? `<g id="u0">${shape}</g>` : level(n)));
  return svg(`<defs>${defs.join('')}</defs><use href="#u${levels - 1}"/>`);
};

/** Elements of which each refers to the one before. */
const chain = (tag: string, property: string, count: number) => {
  const link = (n: number) => `${property}="url(#c${n - 1})"`;
  const rect = (n: number) => `<rect width="24" height="24" ${n > 0 ? link(n) : 'opacity=".5"'}/>`;
  const defs = range(count).map((n) => `<${tag} id="c${n}" ${n > 0 ? link(n) : ''}>${rect(n)}</${tag}>`);
  return svg(`<defs>${defs.join('')}</defs><rect width="20" height="20" ${property}="url(#c${count - 1})"/>`);
};

const filtered = (primitives: string, region = 'x="0" y="0" width="1" height="1"') =>
  svg(`<filter id="f" ${region}>${primitives}</filter><g filter="url(#f)">${shape}</g>`);

export function hostileSvg({ url, picture, bomb }: Surroundings): readonly Hostile[] {
  const one = (name: string, outcome: Hostile['outcome'], code: string): Hostile => ({ name, code, outcome });
  const doctype = (inside: string, body = shape) => `<!DOCTYPE svg ${inside}>${svg(body)}`;
  return [
    one(
      'entity bomb (a billion laughs)',
      'forbidden',
      doctype(
        `[<!ENTITY a0 "ha">${range(9)
          .map((n) => `<!ENTITY a${n + 1} "${`&a${n};`.repeat(10)}">`)
          .join('')}]`,
        '<text>&a9;</text>',
      ),
    ),
    one(
      'one long entity, used many times',
      'forbidden',
      doctype(`[<!ENTITY a "${'a'.repeat(50_000)}">]`, `<text>${'&a;'.repeat(5_000)}</text>`),
    ),
    one(
      'external entity of a file',
      'forbidden',
      doctype('[<!ENTITY x SYSTEM "file:///etc/passwd">]', '<text x="2" y="9">&x;</text>'),
    ),
    one('parameter entity', 'forbidden', doctype(`[<!ENTITY % x SYSTEM "${url}/x.dtd"> %x;]`)),
    one('entity that nothing declares', 'invalid-markup', svg('<text>&secret;</text>')),
    one('document type at an address', 'rendered', doctype(`SYSTEM "${url}/svg.dtd"`)),
    one('stylesheet at an address', 'rendered', `<?xml-stylesheet href="${url}/x.css"?>${svg(shape)}`),
    one('image of a file by its path', 'forbidden', svg(`<image href="${picture}" width="24" height="24"/>`)),
    one(
      'image of a file by its URL',
      'forbidden',
      svg(`<image xlink:href="file://${picture}" width="24" height="24"/>`),
    ),
    one(
      'image at an address',
      'forbidden',
      svg(`${shape}<image href="${url}/x.png" width="24" height="24"/>`),
    ),
    one('image without a scheme', 'forbidden', svg(`<image href="//127.0.0.1/x.png" width="9" height="9"/>`)),
    one('nested SVG by link', 'forbidden', svg(`<image href="${url}/x.svg" width="24" height="24"/>`)),
    one(
      'nested SVG by data URL, which holds the path of a file',
      'forbidden',
      svg(
        `<image width="24" height="24" href="data:image/svg+xml;base64,${Buffer.from(
          svg(`<image href="${picture}" width="24" height="24"/>`),
        ).toString('base64')}"/>`,
      ),
    ),
    one(
      'nested SVG that calls itself PNG',
      'forbidden',
      svg(
        `<image width="24" height="24" href="data:image/png;base64,${Buffer.from(svg(shape)).toString('base64')}"/>`,
      ),
    ),
    one(
      'image of a file under another prefix',
      'forbidden',
      svg(`<image xmlns:p="http://www.w3.org/1999/xlink" p:href="${picture}" width="24" height="24"/>`),
    ),
    one('use of an element in a file', 'forbidden', svg(`<use href="${picture}#a"/>`)),
    one('filter image at an address', 'forbidden', filtered(`<feImage href="${url}/x.png"/>`)),
    one(
      'pattern that inherits from an address',
      'forbidden',
      svg(`<pattern id="p" href="${url}/x.svg#p"/>${shape}`),
    ),
    one(
      'CSS that imports and fetches',
      'rendered',
      svg(
        `<style>@import url("${url}/a.css"); @font-face { font-family: X; src: url(${url}/x.woff2) } circle { fill: url(${url}/p.svg#p) red; cursor: url(${url}/c.png) }</style>${shape}<text x="1" y="9" font-size="9" font-family="X">a</text>`,
      ),
    ),
    one(
      'scripts, handlers and foreign HTML',
      'rendered',
      svg(
        `<script>while (true) fetch("${url}")</script>${shape}<foreignObject width="9" height="9"><iframe xmlns="http://www.w3.org/1999/xhtml" src="${url}"/></foreignObject>`,
        `viewBox="0 0 24 24" onload="fetch('${url}')"`,
      ),
    ),
    one('a link to follow', 'rendered', svg(`<a href="${url}/next">${shape}</a>`)),
    one('use of itself', 'rendered', svg(`${shape}<g id="a"><use href="#a"/></g>`)),
    one(
      'two uses of each other',
      'invalid-markup',
      svg(`${shape}<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>`),
    ),
    one('uses that repeat each other ten times over', 'output-limit', laughs(10, 10)),
    one('uses that nest twenty thousand deep', 'output-limit', laughs(20_000, 1)),
    one('groups that nest a hundred thousand deep', 'output-limit', svg('<g>'.repeat(100_000))),
    one('a hundred thousand elements', 'output-limit', svg('<path d="M0 0h1"/>'.repeat(100_000))),
    one(
      'a hundred thousand attributes',
      'output-limit',
      svg(
        `${shape}<g ${range(100_000)
          .map((n) => `a${n}="1"`)
          .join(' ')}/>`,
      ),
    ),
    one(
      'masks that mask each other in a ring',
      'blank',
      svg(
        '<mask id="m" mask="url(#m)"><rect width="9" height="9" mask="url(#m)"/></mask><rect width="9" height="9" mask="url(#m)"/>',
      ),
    ),
    one(
      'a pattern filled with itself',
      'blank',
      svg(
        '<pattern id="p" width="1" height="1"><rect width="9" height="9" fill="url(#p)"/></pattern><rect width="9" height="9" fill="url(#p)"/>',
      ),
    ),
    one(
      'gradients that inherit from each other',
      'blank',
      svg(
        '<linearGradient id="a" href="#b"/><linearGradient id="b" href="#a"/><rect width="9" height="9" fill="url(#a)"/>',
      ),
    ),
    one(
      'a marker marked with itself',
      'rendered',
      svg(
        '<marker id="m"><path d="M0 0h1v1" marker-mid="url(#m)"/></marker><path d="M0 0h9v9h3" stroke="red" marker-mid="url(#m)"/>',
      ),
    ),
    one(
      'a filter that shows what it filters',
      'rendered',
      svg('<filter id="f"><feImage href="#r"/></filter><rect id="r" width="9" height="9" filter="url(#f)"/>'),
    ),
    one('five thousand masks in a chain', ['memory', 'timeout', 'rendered'], chain('mask', 'mask', 5_000)),
    one(
      'five thousand clip paths in a chain',
      ['memory', 'timeout', 'rendered', 'blank'],
      chain('clipPath', 'clip-path', 5_000),
    ),
    one(
      'five thousand patterns in a chain',
      ['memory', 'timeout', 'rendered', 'blank'],
      chain('pattern', 'fill', 5_000),
    ),
    one(
      'a filter of turbulence without end',
      ['timeout', 'memory'],
      filtered('<feTurbulence baseFrequency=".9" numOctaves="100000000"/>'),
    ),
    one(
      'a filter region of a hundred thousand pixels a side',
      ['timeout', 'memory', 'rendered', 'blank'],
      filtered(
        '<feGaussianBlur stdDeviation="9999"/>'.repeat(50),
        'x="-1000" y="-1000" width="9999" height="9999"',
      ),
    ),
    one(
      'a morphology of huge radius',
      ['timeout', 'rendered', 'blank'],
      filtered('<feMorphology operator="dilate" radius="9000"/>'.repeat(50)),
    ),
    one(
      'a convolution of huge order',
      ['timeout', 'rendered', 'blank'],
      filtered(`<feConvolveMatrix order="400" kernelMatrix="${'1 '.repeat(160_000)}"/>`),
    ),
    one(
      'filters within filters',
      ['timeout', 'memory', 'rendered', 'blank'],
      svg(
        `<filter id="f" x="-9" y="-9" width="19" height="19"><feGaussianBlur stdDeviation="40"/></filter>${'<g filter="url(#f)" opacity=".9">'.repeat(100)}${shape}${'</g>'.repeat(100)}`,
      ),
    ),
    one(
      'a path of four hundred thousand nodes',
      ['rendered', 'timeout'],
      svg(`<path d="M0 0${'l1 1-1 2'.repeat(200_000)}" stroke="red"/>`),
    ),
    one(
      'a path of more than a million nodes',
      'output-limit',
      svg(`<path d="M0 0${'l1 1-1 2'.repeat(600_000)}" stroke="red"/>`),
    ),
    one(
      'dashes without number',
      ['rendered', 'timeout', 'memory'],
      svg('<path d="M0 0H1e9" stroke="red" stroke-dasharray=".000001"/><path d="M0 9h20" stroke="red"/>'),
    ),
    one(
      'coordinates at the edge of floating point',
      'blank',
      svg(
        `<path d="M-3e38 -3e38L3e38 3e38L1e-45 9Z" stroke-width="3e38" stroke="red" transform="scale(1e30) rotate(1e30)"/>`,
      ),
    ),
    one(
      'pattern tiles smaller than dust',
      'blank',
      svg(
        `<pattern id="p" width=".00001" height=".00001">${shape}</pattern><rect width="24" height="24" fill="url(#p)"/>`,
      ),
    ),
    one(
      'a megabyte of text',
      ['rendered', 'timeout', 'memory'],
      svg(`<text x="1" y="9" font-size="3">${'word '.repeat(200_000)}</text>`),
    ),
    one(
      'style rules by the thousand for elements by the thousand',
      ['rendered', 'timeout'],
      svg(
        `<style>${range(5_000)
          .map((n) => `g > g .c${n} ~ rect { fill: red }`)
          .join('')}</style>${'<g class="c1"/>'.repeat(20_000)}${shape}`,
      ),
    ),
    one('a viewBox of nothing', 'rendered', svg(shape, 'viewBox="0 0 0 0"')),
    one('a viewBox that is no box', 'rendered', svg(shape, 'viewBox="NaN Infinity -5 1e999"')),
    {
      name: 'a width of a thousand million',
      outcome: 'output-limit',
      ownSize: true,
      code: svg(shape, 'width="1e9" height="1e9"'),
    },
    {
      name: 'a negative width',
      outcome: 'invalid-markup',
      ownSize: true,
      code: svg(shape, 'width="-5" height="9"'),
    },
    {
      name: 'a viewBox of a thousand million',
      outcome: 'output-limit',
      ownSize: true,
      code: svg(shape, 'viewBox="0 0 1e9 1e9"'),
    },
    one(
      'a raster of nine hundred million pixels in a hundred bytes',
      'output-limit',
      svg(
        `<image width="24" height="24" href="data:image/png;base64,${Buffer.from(bomb).toString('base64')}"/>`,
      ),
    ),
    one('three megabytes of a comment', 'output-limit', `<!-- ${'x'.repeat(3_000_000)} -->${svg(shape)}`),
    one('characters that XML does not have', 'invalid-markup', svg('<text>\u0000\u0001\ud800</text>')),
    one('two roots', 'invalid-markup', svg(shape) + svg(shape)),
    one('HTML for SVG', 'invalid-markup', `<html><body>${shape}</body></html>`),
    one('Python for SVG', 'invalid-markup', 'import os\nos.system("true")'),
  ];
}
