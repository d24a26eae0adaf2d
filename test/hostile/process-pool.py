# outcome: forbidden | runtime-error
import multiprocessing

with multiprocessing.get_context("fork").Pool(64) as pool:
    pool.map(abs, range(10**9))
