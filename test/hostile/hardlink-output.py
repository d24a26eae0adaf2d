# outcome: runtime-error | forbidden
import os

os.link("/usr/lib/os-release", "x.png")
open("x.png", "w").write("overwritten")
