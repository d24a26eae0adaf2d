/** Light and dark by what the reader's system prefers; one column on a narrow screen. */
export const style = `
:root{color-scheme:light dark;--page:#fff;--text:#1b1f24;--soft:#59636e;--line:#d8dee4;--panel:#f6f8fa;--good:#117733;--bad:#b3261e;--same:#8a939d;
--c0:#0072b2;--c1:#d55e00;--c2:#009e73;--c3:#b8689a;--c4:#b58900;--c5:#3e9bd1;--c6:#6b6b6b}
@media (prefers-color-scheme:dark){:root{--page:#0f1318;--text:#e6eaef;--soft:#9aa5b1;--line:#2d353e;--panel:#171d24;--good:#4cb87a;--bad:#f2857c;--same:#6d7883;
--c0:#56a8e0;--c1:#ef8a47;--c2:#3fc79a;--c3:#d896bf;--c4:#dcb944;--c5:#8cc8ee;--c6:#a8b0b8}}
*{box-sizing:border-box}
body{margin:0 auto;padding:16px;max-width:1180px;background:var(--page);color:var(--text);font:15px/1.5 system-ui,sans-serif}
h1{font-size:1.5rem;margin:.2em 0}h2{font-size:1.15rem;margin:1.8em 0 .5em}
p{max-width:75ch}.soft{color:var(--soft)}
.simulated{border:2px solid var(--c1);border-radius:6px;padding:8px 12px;font-weight:600}
.plots{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,350px),1fr));gap:16px}
figure{margin:0;padding:12px;background:var(--panel);border:1px solid var(--line);border-radius:8px;min-width:0}
figcaption{font-weight:600;margin-bottom:6px}
svg{display:block;width:100%;height:auto}
svg text{fill:var(--text);font:12px system-ui,sans-serif}svg .tick{fill:var(--soft)}svg .inside{fill:var(--page);font-weight:600}
.grid{stroke:var(--line)}.frontier{fill:none;stroke:var(--soft);stroke-width:1.5;stroke-dasharray:5 4}
.legend{list-style:none;display:flex;flex-wrap:wrap;gap:4px 16px;margin:.3em 0 .6em;padding:0}
.legend i{display:inline-block;width:12px;height:12px;border-radius:3px;margin-right:6px;vertical-align:-1px}
.wide{overflow-x:auto}table{border-collapse:collapse;font-variant-numeric:tabular-nums}
th,td{padding:4px 10px;border-bottom:1px solid var(--line);text-align:right;white-space:nowrap}
th:first-child,td:first-child,td.word,th.word{text-align:left}
.better{color:var(--good);font-weight:600}.worse{color:var(--bad);font-weight:600}
.examples{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,340px),1fr));gap:16px}
.three{display:grid;grid-template-columns:repeat(3,minmax(0,1fr));gap:8px;text-align:center;font-size:12px;overflow-wrap:anywhere}
.three img{width:100%;aspect-ratio:1;object-fit:contain;background:#fff;border:1px solid var(--line);border-radius:4px}
.none{display:grid;place-items:center;aspect-ratio:1;border:1px dashed var(--line);border-radius:4px;color:var(--soft)}
`;
