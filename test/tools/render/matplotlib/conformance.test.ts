import { matplotlibRenderer } from '../../../../tools/render/matplotlib.ts';
import { rendererConformance } from '../../../conformance/renderer.ts';

const bars = (heights: string) => `import matplotlib.pyplot as plt
fig, ax = plt.subplots(figsize=(3, 2))
ax.bar(['a', 'b', 'c'], ${heights})
ax.set_title('Sales of $x^2$')
plt.show()`;

rendererConformance('matplotlib', {
  make: () => matplotlibRenderer({ workers: 2 }),
  drawing: bars('[3, 1, 2]'),
  other: bars('[1, 2, 3]'),
  broken: { code: `${bars('[1, 2]')}`, outcome: 'runtime-error', line: 3 },
  blank: 'import matplotlib.pyplot as plt\nplt.figure()\nplt.show()',
  slow: 'while True: pass',
});
