# outcome: output-limit
# The pixels are counted again by who reads them.
import json
import os

os.write(4, json.dumps({"kind": "figure", "width": 60000, "height": 60000, "images": []}).encode() + b"\n")
block = bytes(1 << 20)
while True:
    os.write(4, block)
