# outcome: no-figure
# Everything that can be read under the root, without what the system's libraries hold.
import os

import matplotlib.pyplot as plt

for parent, folders, names in os.walk("/"):
    if parent in ("/usr", "/"):
        folders[:] = [name for name in folders if name not in ("lib", "lib64", "lib32", "share", "dev")]
    for name in names:
        try:
            with open(os.path.join(parent, name), "rb") as file:
                if b"{{SECRET}}" in file.read(1 << 20).replace(open(__file__, "rb").read(), b""):
                    plt.title(parent)
                    plt.show()
        except OSError:
            pass
