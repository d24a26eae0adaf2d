# outcome: forbidden
open("/worker/child.py", "a").write("import os")
