/** Drafts of a grouped bar chart, as a generator would write them from round to round. */
export function chartCode({
  title = 'Quarterly revenue by region',
  values = [47, 31],
  colours = ['#2f6db3', '#e08a2e', '#4a9d6a'],
  yLabel = 'Revenue (million EUR)',
  grid = true,
  legend = true,
}: Partial<{
  title: string;
  values: readonly [number, number];
  colours: readonly string[];
  yLabel: string;
  grid: boolean;
  legend: boolean;
}> = {}): string {
  return `import matplotlib.pyplot as plt
import numpy as np

plt.rcParams["font.family"] = "Liberation Sans"

quarters = ["Q1", "Q2", "Q3", "Q4"]
revenue = {
    "Europe": [42, 51, 58, 66],
    "Americas": [30, 34, 41, ${values[0]}],
    "Asia Pacific": [18, 24, 23, ${values[1]}],
}
colours = {
    "Europe": "${colours[0]}",
    "Americas": "${colours[1]}",
    "Asia Pacific": "${colours[2]}",
}


def draw_groups(axes, width=0.22):
    """One group of bars a quarter, one bar a region."""
    x = np.arange(len(quarters))
    for offset, (region, values) in enumerate(revenue.items()):
        axes.bar(x + (offset - 1) * width, values, width * 0.94, label=region, color=colours[region])
    axes.set_xticks(x, quarters)


fig, ax = plt.subplots(figsize=(7.2, 4.8), dpi=100)
draw_groups(ax)

ax.set_title("${title}", fontsize=16)
ax.set_xlabel("Quarter")
ax.set_ylabel("${yLabel}")
ax.set_ylim(0, 80)
ax.set_yticks([0, 20, 40, 60])
${grid ? 'ax.grid(axis="y", color="#d8dce2")\nax.set_axisbelow(True)\n' : ''}${legend ? 'ax.legend(loc="upper left", framealpha=1)\n' : ''}for side in ("top", "right"):
    ax.spines[side].set_visible(False)

fig.tight_layout()
plt.show()
`;
}
