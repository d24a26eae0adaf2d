# outcome: output-limit
import matplotlib.pyplot as plt

plt.plot([1, 2])
plt.text(1, 1e5, "far away")
plt.savefig("x.png", bbox_inches="tight", dpi=300)
