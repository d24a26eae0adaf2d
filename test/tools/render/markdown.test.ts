import { openBrowser } from '../../../tools/render/browser.ts';
import { markdownRenderer } from '../../../tools/render/markdown.ts';
import { rendererConformance } from '../../conformance/renderer.ts';

rendererConformance('markdownRenderer', {
  make: () => markdownRenderer({ browser: openBrowser() }),
  drawing: '| Year | Sum |\n| --- | ---: |\n| 2024 | 17.5 |\n',
  other: '| a | b |\n| - | - |\n| c | **d** |\n',
  broken: { code: '# A heading\n\nand no table.', outcome: 'invalid-markup' },
});
