# outcome: output-limit
# message: 2000 files
for number in range(100_000):
    open(f"{number}.txt", "w").close()
