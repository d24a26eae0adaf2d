# outcome: runtime-error
# Modules of its own in the places where the next job would look for numpy, json and the site's start-up file.
import os
import sys

for name in ("numpy", "json", "sitecustomize", "usercustomize", "matplotlib"):
    for folder in (".", os.path.expanduser("~"), "/tmp"):
        with open(os.path.join(folder, f"{name}.py"), "w") as file:
            file.write("raise RuntimeError('trapped')")
for name in ("numpy", "json", "matplotlib"):
    sys.modules.pop(name)
import json
