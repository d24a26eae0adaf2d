# outcome: memory | runtime-error | timeout
import sys

sys.setrecursionlimit(10**9)


def again(depth):
    return again(depth + 1)


again(0)
