# outcome: timeout
# line: 3 | 4
while True:
    pass
