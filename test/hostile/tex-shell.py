# outcome: forbidden | runtime-error
# TeX can run programs; here TeX itself must not run.
import matplotlib.pyplot as plt

plt.rcParams["text.usetex"] = True
plt.rcParams["text.latex.preamble"] = r"\immediate\write18{echo {{SECRET}} > /tmp/out}"
plt.title("x")
plt.savefig("x.png")
