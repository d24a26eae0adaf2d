# outcome: timeout
import faulthandler
import signal

faulthandler.disable()
faulthandler.cancel_dump_traceback_later()
for number in range(1, 65):
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
while True:
    pass
