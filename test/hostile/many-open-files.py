# outcome: output-limit
# message: 128 files
files = [open(__file__) for _ in range(100_000)]
