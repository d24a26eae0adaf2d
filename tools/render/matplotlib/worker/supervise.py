"""Sees a job to its end: passes on what it writes, within limits, and ends it when its time is over."""

import os
import select
import time

MAX_TRACE = 16384
# Seconds that the child's own timer has, past the wall limit, to begin to write where the code stands, and then
# to write it out.
GRACE = 1.0
TO_WRITE = 0.1


def supervise(config, control, job, length, alarm, kill):
    """How the job ended, as the parent reads it; None when the parent is gone."""
    if not control.pass_on(length, job.code):
        return None
    limit = time.monotonic() + config["wallSeconds"]
    deadline = limit + GRACE
    # What each pipe may still bring; a pipe is taken out at its end.
    left = {job.result: config["resultBytes"], job.trace: MAX_TRACE}
    kinds = {job.result: b"D", job.trace: b"T"}
    poll = select.poll()
    for fd in (control.reading, alarm, job.result, job.trace):
        poll.register(fd, select.POLLIN)
    ended_by = status = usage = None

    def end(reason):
        nonlocal ended_by
        if ended_by is None and status is None:
            ended_by = reason
            kill(job.pid)

    # All that held the pipes' other ends dies with the job, so that both come to their ends.
    while status is None or left:
        patience = None if ended_by or status is not None else max(0, deadline - time.monotonic()) * 1000
        for fd, _ in poll.poll(patience):
            if fd == control.reading:
                if control.read_header() is None:
                    return None
                end("cancel")
                continue
            count = os.readv(fd, [control.buffer])
            if fd == alarm:
                continue
            if count == 0:
                poll.unregister(fd)
                os.close(fd)
                del left[fd]
                continue
            if fd == job.trace and time.monotonic() >= limit:
                deadline = min(deadline, time.monotonic() + TO_WRITE)
            left[fd] -= count
            if left[fd] >= 0:
                control.write(kinds[fd], control.buffer[:count])
            elif fd == job.result:
                end("output")
        if time.monotonic() >= deadline:
            end("wall")
        if status is None:
            pid, state, spent = os.wait4(job.pid, os.WNOHANG)
            if pid != 0:
                status, usage = state, spent
    return {
        "exit": os.WEXITSTATUS(status) if os.WIFEXITED(status) else None,
        "signal": os.WTERMSIG(status) if os.WIFSIGNALED(status) else None,
        "endedBy": ended_by,
        "cpuSeconds": usage.ru_utime + usage.ru_stime,
    }
