# outcome: output-limit
# message: 200000 x 150000 pixels
import matplotlib.pyplot as plt

plt.figure(figsize=(2000, 1500), dpi=100)
plt.plot([1, 2])
plt.savefig("x.png")
