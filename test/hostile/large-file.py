# outcome: output-limit
# message: larger than the 64 MiB
with open("bomb.bin", "wb") as file:
    while True:
        file.write(bytes(1 << 20))
