"""The worker's entry: `python3 -B worker CONFIG`, CONFIG a JSON object (tools/render/matplotlib/command.ts)."""

import json
import sys

import serve

serve.serve(json.loads(sys.argv[1]))
