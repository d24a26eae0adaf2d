# outcome: memory
parts = []
while True:
    parts.append(object())
    parts.extend([parts[-1]] * 100000)
