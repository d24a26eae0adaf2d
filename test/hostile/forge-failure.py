# outcome: runtime-error
# message: ended Python itself
# A failure in a shape that is none.
import json
import os

os.write(4, json.dumps({"kind": "failure", "outcome": "rendered", "message": ["\x1b[2J"] * 999}).encode() + b"\n")
os._exit(0)
