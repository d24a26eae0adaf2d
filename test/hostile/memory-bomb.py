# outcome: memory
# line: 5
parts = []
while True:
    parts.append(bytearray(64 << 20))
