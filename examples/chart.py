import matplotlib.pyplot as plt
import numpy as np

quarters = ["Q1", "Q2", "Q3", "Q4"]
ferry = [18.2, 31.5, 44.8, 22.6]
tram = [39.4, 36.1, 33.7, 41.9]
bicycle = [9.8, 24.3, 29.6, 12.4]

x = np.arange(len(quarters))
width = 0.26

fig, ax = plt.subplots(figsize=(8, 5), dpi=100)
ax.bar(x - width, ferry, width, label="Ferry", color="#2f6f9f")
ax.bar(x, tram, width, label="Tram", color="#e0a33a")
ax.bar(x + width, bicycle, width, label="Bicycle hire", color="#5b9a68")

ax.set_title("Harbour district: trips by quarter", fontsize=14, pad=12)
ax.set_xlabel("Quarter of 2023")
ax.set_ylabel("Trips (thousands)")
ax.set_xticks(x, quarters)
ax.set_ylim(0, 50)
ax.yaxis.grid(True, color="#d5d8dc", linewidth=0.8)
ax.set_axisbelow(True)
ax.spines[["top", "right"]].set_visible(False)
ax.legend(loc="upper left", frameon=False)

fig.tight_layout()
fig.savefig("chart.png")
