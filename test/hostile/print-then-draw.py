# outcome: rendered
import matplotlib.pyplot as plt

for _ in range(256):
    print("x" * (1 << 20))
plt.plot([1, 2])
plt.savefig("x.png")
