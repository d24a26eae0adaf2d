/** Code in which every operator of its language finds a place, though no picture that anyone would draw. */
export const codes = {
  matplotlib: `import matplotlib.pyplot as plt
import numpy as np

years = ["Spring", "Summer", "Autumn", "Winter"]
boats = [3.5, 7.25, 5.0, 2.75]   # a remark: é 𝄞
trains = [4.0, 4.5, 8.25, 6.5]
fig, (left, right) = plt.subplots(1, 2, figsize=(6, 3))
left.bar(years, boats, label="Boats é 𝄞", color="#2f6f9f"); left.set_xlabel("Season of year")
left.plot(years, trains, label="Trains", color="#e0a33a", marker="o")
left.scatter(years, [2, 6.5, 3, 1.5], label="Buses")
left.set_title("Journeys 𝄞 each season", fontsize=10)
left.set_ylabel("Journeys (thousands)")
left.set_ylim(0, 10)
left.grid(True)
left.legend(loc="upper left")
left.text(1.5, 9, "much snow", fontsize=8)
field = right.imshow([[1, 2.5, 4], [2, 9, 3], [5, 6, 8.5]], cmap="Greys")
fig.colorbar(field)
plt.savefig("a.png")
`,
  html: `<style>td { color: #222 }</style>
<TABLE>
  <thead>
    <tr><th rowspan=2>Place</th><th colspan="2">Yield &amp; rain</th><th rowspan="2">Notes</th></tr>
    <tr><th>Yield</th><th>Rain</th></tr>
  </thead>
  <tr><td>North field<td><b>12.75</b> t<td>45%<td>late sowing
  <tr><td>South field</td><td>-8.50</td><td>1,024</td><td rowspan="2">much wind</td></tr>
  <tr><td>East field</td><td>31.40</td><td>230</td></tr>
  <tr><td>West field</td><td>17.25</td><td>198</td><td>good soil here</td></tr>
</TABLE>
`,
  plainHtml: `<table>
  <tr><th>Name</th><th>Size</th></tr>
  <tr><td>Otter pond</td><td>12.5</td></tr>
  <tr><td>Heron lake</td><td>340</td></tr>
</table>`,
  markdown: `# Fields

Place | Yield \\| t | Rain | Notes
:--- | ---: | --- | ---
North field | **12.75** | 45% | late sowing
| South field | -8.50 | 1024 | [much wind](x) |
| East field | 31.40 | 230 | a | b
| West field | 17.25 | 198

After it.
`,
  svg: `<?xml version="1.0"?>
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96">
  <!-- a remark with <tags> -->
  <defs><linearGradient id="sky"><stop offset="0" stop-color="#223a7a"/><stop offset="1" stop-color="#f0c040"/></linearGradient>
  <clipPath id="clip"><circle cx="48" cy="48" r="40"/></clipPath></defs>
  <rect x="0" y="0" width="96" height="96" fill="#eeeeee"/>
  <g clip-path="url(#clip)" transform="translate(2 1) scale(0.95)">
    <rect x="10" y="12" width="70" height="30" fill="url(#sky)"/>
    <circle cx="30" cy="60" r="12" style="fill: #dc2626; stroke: black"></circle>
    <polygon points="36,50 80,50 65,80" fill='#16a34a'/>
    <path d="M20 20h20l-10 18z" fill="#7c3aed" stroke="#111111" stroke-width="2"/>
  </g>
  <text x="20" y="92" font-size="14" fill="#111111">Wind &amp; 24 sails</text>
</svg>
`,
} as const;

/** Each language with the task that it belongs to and code of it. */
export const languages = [
  { task: 'chart', language: 'matplotlib', code: codes.matplotlib },
  { task: 'table', language: 'html', code: codes.html },
  { task: 'table', language: 'markdown', code: codes.markdown },
  { task: 'svg', language: 'svg', code: codes.svg },
] as const;
