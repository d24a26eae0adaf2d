# outcome: rendered
# savefig to a folder that cannot be written still shows what was meant; nothing is written.
import matplotlib.pyplot as plt

plt.plot([1, 2])
plt.savefig("{{SECRET_FILE}}.png")
plt.savefig("/usr/lib/verisim-was-here.png")
