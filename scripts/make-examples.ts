/** Draws the pictures of examples/ from their code, by the renderers that draw drafts of them. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openBrowser } from '../tools/render/browser.ts';
import { htmlRenderer } from '../tools/render/html.ts';
import { matplotlibRenderer } from '../tools/render/matplotlib.ts';
import { svgRenderer } from '../tools/render/svg.ts';

const folder = fileURLToPath(new URL('../examples/', import.meta.url));
const examples = [
  { file: 'icon.svg', renderer: svgRenderer(), size: { width: 336, height: 336 } },
  { file: 'table.html', renderer: htmlRenderer({ browser: openBrowser() }) },
  { file: 'reef.html', renderer: htmlRenderer({ browser: openBrowser() }) },
  { file: 'chart.py', renderer: matplotlibRenderer() },
];

for (const { file, renderer, ...options } of examples) {
  const result = await renderer.render({ code: await readFile(join(folder, file), 'utf8'), ...options });
  await renderer.close();
  if (result.kind !== 'rendered') throw new Error(`${file} does not render: ${result.message}`);
  const { png, width, height } = result.picture;
  const picture = file.replace(/\.[a-z]+$/, '.png');
  await writeFile(join(folder, picture), png);
  console.log(`examples/${picture}: ${width} x ${height} px, ${png.byteLength} bytes`);
}
