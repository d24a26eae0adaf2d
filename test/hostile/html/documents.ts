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
const table = '<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>';

/** Documents that try to reach something; `table` and no more must be seen of each. */
export function reachingHtml({ url, picture }: Surroundings): readonly Hostile[] {
  const one = (name: string, code: string, outcome: Hostile['outcome'] = 'rendered'): Hostile => ({
    name,
    code,
    outcome,
  });
  const file = `file://${picture}`;
  return [
    one(
      'scripts',
      `${table}<script>fetch("${url}/a"); document.body.textContent = ""</script><script src="${url}/b.js"></script><script type="module">import "${url}/c.js"</script><script type="speculationrules">{"prefetch":[{"urls":["${url}/d"]}]}</script>`,
    ),
    one('a script that never ends', `${table}<script>while (true);</script>`),
    one(
      'event handlers',
      `<body onload="document.body.textContent=''">${table}<img src=x onerror="while(true);"><svg onload="fetch('${url}')"></svg><details open ontoggle="while(true);"></details><style onload="while(true);"></style>`,
    ),
    one(
      'javascript: addresses',
      `${table}<iframe src="javascript:while(true);"></iframe><a href="javascript:while(true);">x</a><form action="javascript:while(true);"><input autofocus onfocus="while(true);"></form>`,
    ),
    one('refresh to an address', `<meta http-equiv="refresh" content="0;url=${url}/refresh">${table}`),
    one('refresh to a file', `<meta http-equiv="refresh" content="0;url=${file}">${table}`),
    one('refresh to nothing', `<meta http-equiv="refresh" content="0;url=about:blank">${table}`),
    one(
      'refresh to a document in the address',
      `<meta http-equiv="refresh" content="0;url=data:text/html,gone">${table}`,
    ),
    one('refresh of itself', `<meta http-equiv="refresh" content="0">${table}`),
    one(
      'frames',
      `${table}<iframe src="${file}"></iframe><iframe src="${url}/frame"></iframe><iframe src="file:///etc/passwd" width="900" height="900"></iframe><iframe srcdoc="<script>while(true);</script><img src='${url}/srcdoc.png'><meta http-equiv=refresh content='0;url=${url}/srcdoc'>"></iframe><iframe src="data:text/html,<img src='${url}/data.png'>"></iframe><frameset><frame src="${url}/frameset"></frameset>`,
    ),
    one(
      'objects and embeds',
      `${table}<object data="${file}"></object><object data="${url}/o" type="text/html"></object><embed src="${url}/e"><embed src="${file}"><applet code="${url}/a"></applet>`,
    ),
    one(
      'pictures at addresses',
      `${table}<img src="${url}/1.png" srcset="${url}/2.png 2x" loading="eager"><img src="${file}"><picture><source srcset="${url}/3.png"><img></picture><input type="image" src="${url}/4.png"><video poster="${url}/5.png" src="${url}/6.mp4" autoplay preload></video><audio src="${url}/7.mp3" autoplay></audio><svg><image href="${url}/8.png" width="9" height="9"/><use href="${url}/9.svg#a"/><feImage href="${url}/10.png"/></svg><body background="${url}/11.png">`,
    ),
    one(
      'CSS that fetches',
      `<style>@import "${url}/a.css"; @import url(${url}/b.css); @font-face { font-family: X; src: url("${url}/x.woff2") } * { font-family: X; background: url(${url}/c.png) url(${file}); list-style: url(${url}/d.png); cursor: url(${url}/e.cur), auto; border-image: url(${url}/f.png) 1; clip-path: url(${url}/c.svg#c) } i { mask: url(${url}/g.svg#m); filter: url(${url}/h.svg#f) } td::before { content: url(${url}/i.png) } @namespace url(${url}/n); @supports (background: -webkit-image-set(url(${url}/j.png) 1x)) { td { background-image: -webkit-image-set(url(${url}/j.png) 1x) } }</style><i>i</i>${table}`,
    ),
    one(
      'links that fetch before they are followed',
      `${['stylesheet', 'prefetch', 'preload', 'preconnect', 'dns-prefetch', 'prerender', 'modulepreload', 'icon', 'manifest', 'import', 'search', 'pingback'].map((rel) => `<link rel="${rel}" href="${url}/${rel}" as="style">`).join('')}${table}`,
    ),
    one(
      'another base for every address',
      `<base href="${url}/base/" target="_top"><link rel="stylesheet" href="a.css">${table}<img src="b.png"><a href="c" ping="${url}/ping">x</a>`,
    ),
    one(
      'forms',
      `${table}<form id="f" action="${url}/form" method="post"><input name="a" value="b" autofocus><button formaction="${url}/button">go</button></form><input type="submit" form="f">`,
    ),
    one(
      'reports of refused requests',
      `<meta http-equiv="Content-Security-Policy" content="img-src 'self'; report-uri ${url}/report"><meta http-equiv="Report-To" content='{"endpoints":[{"url":"${url}/to"}]}'>${table}<img src="${url}/x.png">`,
    ),
    one(
      'cookies and other headers by meta',
      `<meta http-equiv="Set-Cookie" content="a=b"><meta http-equiv="origin-trial" content="x"><meta http-equiv="Accept-CH" content="DPR"><meta name="referrer" content="unsafe-url"><meta name="color-scheme" content="dark"><meta name="viewport" content="width=10, initial-scale=9">${table}`,
    ),
    one(
      'a shadow tree that fetches',
      `${table}<div><template shadowrootmode="open"><style>@import "${url}/s.css"</style><img src="${url}/s.png"></template></div>`,
    ),
    one(
      'XML that pulls in a stylesheet',
      `<?xml-stylesheet href="${url}/x.xsl" type="text/xsl"?><xml>${table}</xml>`,
    ),
    one(
      'a mathematical formula that links',
      `${table}<math href="${url}/m"><maction actiontype="statusline" xlink:href="${url}/n"><mi>x</mi></maction></math>`,
    ),
  ];
}

/** Documents that try to exhaust, to hide or to leave something behind. */
export function exhaustingHtml({ bomb }: Surroundings): readonly Hostile[] {
  const one = (name: string, outcome: Hostile['outcome'], code: string): Hostile => ({ name, code, outcome });
  const cells = (columns: number) => `<tr>${'<td>1'.repeat(columns)}`;
  return [
    one(
      'a table of three hundred thousand cells',
      ['timeout', 'output-limit'],
      `<table>${cells(100).repeat(3_000)}</table>`,
    ),
    one(
      'a table of more bytes than are allowed',
      'output-limit',
      `<table>${cells(100).repeat(5_000)}</table>`,
    ),
    one(
      'cells that span thousands of columns and rows',
      ['timeout', 'output-limit', 'memory'],
      `<table>${'<tr><td colspan="1000" rowspan="65534">x'.repeat(300)}</table>`,
    ),
    one(
      'columns by the million in a colgroup',
      'rendered',
      `<table>${'<colgroup span="1000000"></colgroup>'.repeat(50)}<tr><td>x</table>`,
    ),
    one(
      'tables that nest by the thousand',
      ['output-limit', 'timeout'],
      `${'<table><tr><td>'.repeat(3_000)}x`,
    ),
    one(
      'elements that nest a hundred thousand deep',
      // Where its stack ends, the page crashes instead.
      ['timeout', 'rendered', 'memory'],
      `${'<div>'.repeat(100_000)}${table}`,
    ),
    one(
      'formatting that is opened and never closed',
      ['rendered', 'timeout'],
      `${range(3_000)
        .map((n) => `<font color="${n}"><b><i>`)
        .join('')}${table}`,
    ),
    one(
      'a cell wider than any screen',
      'rendered',
      '<table><tr><td style="width: 1e9px">x</td></tr></table>',
    ),
    one(
      'a cell higher than any screen',
      'output-limit',
      '<table><tr><td style="height: 9999999px">x</td></tr></table>',
    ),
    one(
      'a font of a million pixels',
      'output-limit',
      '<table style="font-size: 1000000px"><tr><td>x</table>',
    ),
    one(
      'animations without end',
      'rendered',
      `<style>@keyframes k { to { transform: rotate(360deg); color: red } } td { animation: k .01s infinite !important; transition: all 1s !important }</style>${table}<marquee>walks</marquee><svg width="20" height="20"><rect width="9" height="9"><animate attributeName="width" values="1;20" dur=".05s" repeatCount="indefinite"/></rect></svg>`,
    ),
    one(
      'blurs upon blurs',
      ['rendered', 'timeout', 'memory'],
      `${'<div style="filter: blur(500px) drop-shadow(0 0 900px red)">'.repeat(40)}${table}`,
    ),
    one(
      'selectors that search everything for everything',
      ['rendered', 'timeout'],
      `<style>${range(300)
        .map((n) => `:has(* * .x${n} ~ * + *) td:nth-last-child(odd of :not(:has(.y${n}))) { color: red }`)
        .join('')}</style><table>${cells(10).repeat(300)}</table>`,
    ),
    one(
      'variables that double thirty times',
      'rendered',
      `<style>:root { --a0: x; ${range(30)
        .map((n) => `--a${n + 1}: var(--a${n}) var(--a${n});`)
        .join('')} } td::before { content: "y" var(--a30) }</style>${table}`,
    ),
    one(
      'inline SVG that repeats itself ten times over',
      ['rendered', 'timeout', 'memory'],
      `${table}<svg><defs><g id="u0"><path d="M0 0h9"/></g>${range(9)
        .map((n) => `<g id="u${n + 1}">${`<use href="#u${n}"/>`.repeat(10)}</g>`)
        .join('')}</defs><use href="#u9"/></svg>`,
    ),
    one(
      'a raster of nine hundred million pixels in a hundred bytes',
      'rendered',
      `${table}<img src="data:image/png;base64,${Buffer.from(bomb).toString('base64')}" width="20" height="20">`,
    ),
    one(
      'a picture hidden from view by escapes',
      'rendered',
      `<style>table { background: u\\72l(d\\61ta:i\\6dage/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'%3E%3Crect width='99' height='99' fill='rgb(255,0,254)'/%3E%3C/svg%3E) }</style>${table}<img src="&#100;ata:i&#109;age/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'><rect width='9' height='9' fill='rgb(255,0,254)'/></svg>">`,
    ),
    one(
      'a table that only a shadow tree holds',
      'invalid-markup',
      `<div><template shadowrootmode="open">${table}</template></div>`,
    ),
    one('a table in a comment', 'invalid-markup', `<!-- ${table}`),
    one('a table in a text field', 'invalid-markup', `<textarea>${table}`),
    one('a table that is not shown', 'blank', `<div hidden>${table}</div>`),
    one(
      'a table as white as its ground',
      'blank',
      `<style>* { color: #fff !important; border-color: #fff !important }</style>${table}`,
    ),
    one(
      'names that hide the methods of the document',
      'rendered',
      `<img name="querySelectorAll"><form name="scrollingElement"><input name="scrollWidth"></form><img name="body"><img name="documentElement">${table}`,
    ),
    one(
      'styles for whoever comes next',
      'rendered',
      `<style>* { color: red !important; font-size: 40px !important; background: yellow !important }</style>${table}`,
    ),
    one(
      'a policy for whoever comes next',
      'rendered',
      `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'none'">${table}`,
    ),
    one(
      'a title, a focus and a scroll for whoever comes next',
      'rendered',
      `<title>mine</title><style>html { scroll-behavior: smooth; zoom: 3 }</style><input autofocus value="x"><dialog open>x</dialog>${table}<a id="end" name="end"></a>`,
    ),
    one('everything after this is text', 'invalid-markup', `<plaintext>${table}`),
    one('no markup at all', 'invalid-markup', 'The quick brown fox.'),
    one('bytes that are no text', 'invalid-markup', '\u0000\u0001\ufffe\ud800\udfff'),
  ];
}
