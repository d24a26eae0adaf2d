# outcome: runtime-error
raise ValueError("x" * (100 << 20))
