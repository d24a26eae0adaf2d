import { openBrowser } from '../../../tools/render/browser.ts';
import { htmlRenderer } from '../../../tools/render/html.ts';
import { rendererConformance } from '../../conformance/renderer.ts';

rendererConformance('htmlRenderer', {
  make: () => htmlRenderer({ browser: openBrowser() }),
  drawing: '<table><tr><th>Year</th><th>Sum</th></tr><tr><td>2024</td><td>17.5</td></tr></table>',
  other: '<table><tr><td colspan="2">Head</td></tr><tr><td>a</td><td>b</td></tr></table>',
  broken: { code: '<p>no table here</p>', outcome: 'invalid-markup' },
  blank: '<table><tr><td style="border: 0"></td></tr></table>',
  // Some hundred thousand cells take the layout engine seconds.
  slow: `<table>${`<tr>${'<td>1'.repeat(60)}`.repeat(3000)}</table>`,
});
