# outcome: timeout | memory
# Catches the error and goes on.
parts = []
while True:
    try:
        parts.append(bytearray(1 << 20))
    except MemoryError:
        pass
