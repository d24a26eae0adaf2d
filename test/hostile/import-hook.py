# outcome: runtime-error
import sys


class Trap:
    def find_spec(self, name, path=None, target=None):
        raise RuntimeError(f"{name} is trapped")


sys.meta_path.insert(0, Trap())
import statistics
