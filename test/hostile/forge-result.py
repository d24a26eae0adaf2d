# outcome: runtime-error
# message: garbled
# Claims more pixels than it hands over.
import os

os.write(4, b'{"kind":"figure","width":640,"height":480,"images":[]}\n1234')
os._exit(0)
