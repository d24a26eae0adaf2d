/** The simulated model of bench-loop.ts, in a process of its own: tells its URL to its parent. */
import { examplesFolder, loadKnownPictures } from '../datasets/known.ts';
import { startSimulator } from '../server/simulate/start.ts';
import { openBrowser } from '../tools/render/browser.ts';
import { htmlRenderer } from '../tools/render/html.ts';
import { matplotlibRenderer } from '../tools/render/matplotlib.ts';
import { svgRenderer } from '../tools/render/svg.ts';

const renderers = [svgRenderer(), htmlRenderer({ browser: openBrowser() }), matplotlibRenderer()];
const simulator = await startSimulator(
  { latency: Number(process.argv[2]) },
  { pictures: await loadKnownPictures(examplesFolder), renderers },
);
process.send?.({ url: simulator.url });
process.once('disconnect', async () => {
  await simulator.close();
  await Promise.all(renderers.map((renderer) => renderer.close()));
});
