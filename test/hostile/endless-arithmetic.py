# outcome: timeout
# line: 4
# Holds the interpreter's lock all the time.
len(str(7 ** (10**9)))
