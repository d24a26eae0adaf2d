import { afterAll, describe, expect, it } from 'vitest';
import { matplotlibRenderer } from '../../../../tools/render/matplotlib.ts';
import { failed, rendered } from '../../../conformance/renderer.ts';

const one = matplotlibRenderer({ workers: 1 });
const other = matplotlibRenderer({ workers: 1 });
afterAll(() => Promise.all([one.close(), other.close()]));

describe('the same bytes from two workers, for code that', () => {
  const programs: readonly [string, string][] = [
    ['draws numbers without a seed', 'plt.scatter(np.random.rand(50), np.random.rand(50))'],
    ['makes a generator without a seed', 'plt.hist(np.random.default_rng().normal(size=500))'],
    ['makes an old generator without a seed', 'plt.plot(np.random.RandomState().rand(50))'],
    ['seeds with nothing', 'np.random.seed(None); plt.plot(np.random.rand(50))'],
    ['uses random without a seed', 'import random\nplt.plot([random.gauss(0, 1) for _ in range(50)])'],
    [
      'makes a random.Random without a seed',
      'import random\nplt.plot([random.Random().random(), random.Random().random(), 9])',
    ],
    ['walks over a set of words', "plt.title(' '.join({'alpha', 'beta', 'gamma', 'delta'})); plt.plot([1])"],
    [
      'draws text, formulas and a legend',
      "plt.plot([1, 2], label=r'$\\alpha_{i}^{2}$'); plt.legend(title='t')",
    ],
    [
      'draws in three dimensions',
      "plt.subplot(projection='3d').plot_surface(*np.mgrid[:9., :9.], np.eye(9))",
    ],
    ['multiplies matrices', 'plt.imshow(np.random.rand(300, 300) @ np.random.rand(300, 300))'],
  ];
  for (const [name, code] of programs) {
    it(name, async () => {
      const program = { code: `import numpy as np\nimport matplotlib.pyplot as plt\n${code}\nplt.show()` };
      const digests = [one, one, other].map(
        async (renderer) => rendered(await renderer.render(program)).picture.digest,
      );
      expect(new Set(await Promise.all(digests)).size).toBe(1);
    });
  }
});

describe('numbers without a seed', () => {
  it('differ from each other', async () => {
    const code = `import numpy as np, random
a, b = np.random.default_rng(), np.random.RandomState()
assert a.random() != a.random() and b.rand() != b.rand() and random.random() != random.random()`;
    expect(failed(await one.render({ code }))).toMatchObject({ outcome: 'no-figure' });
  });

  it('are those of the seed where there is one', async () => {
    const code = `import numpy as np
assert np.random.default_rng(1).random() != np.random.default_rng(2).random()
assert abs(np.random.default_rng(12345).random() - 0.22733602246716966) < 1e-12
np.random.seed(0)
assert abs(np.random.rand() - 0.5488135039273248) < 1e-12`;
    expect(failed(await one.render({ code }))).toMatchObject({ outcome: 'no-figure' });
  });
});

describe('fonts', () => {
  it("are matplotlib's own by default, and Liberation where Arial is asked for", async () => {
    const code = `from matplotlib import font_manager as fm
import os
name = lambda family: os.path.basename(fm.findfont(fm.FontProperties([family])))
assert name('sans-serif') == 'DejaVuSans.ttf', name('sans-serif')
families = {entry.name for entry in fm.fontManager.ttflist}
assert ('Liberation Sans' in families) == (name('Arial') == 'LiberationSans-Regular.ttf'), name('Arial')`;
    expect(failed(await one.render({ code }))).toMatchObject({ outcome: 'no-figure' });
  });
});
