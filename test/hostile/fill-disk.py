# outcome: output-limit
# message: 128 MiB
number = 0
while True:
    with open(f"{number}.bin", "wb") as file:
        file.write(bytes(16 << 20))
    number += 1
