# outcome: runtime-error
# message: SIGSEGV
# line: 6
import ctypes

ctypes.string_at(0)
