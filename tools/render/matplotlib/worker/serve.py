"""The worker's loop: one job at a time, each in a child forked from the warm process.

Frames on the control channel are a type byte, a length (4 bytes, big endian) and a payload.
In:  J source code of a job, C cancel the running job.
Out: R ready (JSON), D bytes of the job's result, T bytes of its fault trace, E end of the job (JSON).

The child holds neither end of the control channel: what it writes goes through a pipe and is framed here, so
it can garble its own result but no other job's. The worker keeps nothing of a job: code and result pass
through one buffer that is wiped before the next child is forked, because a child sees all of our memory.
"""

import fcntl
import json
import os
import select
import shutil
import signal
import struct
import tempfile
import time

import child
import jail
import warm

HEADER = struct.Struct(">cI")
BUFFER = 1 << 18
BLANK = bytes(BUFFER)
MAX_TRACE = 16384
# The child's own timer writes where it stands at the wall limit; this long after that it is killed.
GRACE = 0.25
# Above every descriptor that a job is given.
FIRST_PRIVATE_FD = 40


def serve(config):
    control_in, control_out = take_control()
    versions = warm.up(config)
    fork, enter, kill = jail.prepare(config)
    spawn = spawner(config, fork, enter)
    buffer = memoryview(bytearray(BUFFER))
    write(control_out, b"R", json.dumps(versions).encode())
    while True:
        buffer[:] = BLANK
        spare = spawn()
        length = wait_for_job(control_in, buffer)
        if length is None:
            kill(spare["pid"])
            return
        if os.waitpid(spare["pid"], os.WNOHANG)[0] != 0:
            # It was killed while it waited, by a machine short of memory: not the next job's fault.
            for pipe in ("code", "result", "trace"):
                os.close(spare[pipe])
            clear(spare)
            spare = spawn()
        end = supervise(config, spare, kill, length, control_in, control_out, buffer)
        if end is None:
            return
        write(control_out, b"E", json.dumps(end).encode())


def take_control():
    """Moves the control channel away from descriptors 0 and 1, which become /dev/null."""
    control_in = fcntl.fcntl(0, fcntl.F_DUPFD_CLOEXEC, FIRST_PRIVATE_FD)
    control_out = fcntl.fcntl(1, fcntl.F_DUPFD_CLOEXEC, FIRST_PRIVATE_FD)
    null = os.open("/dev/null", os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(null, 1)
    os.close(null)
    return control_in, control_out


def spawner(config, fork, enter):
    """Returns a function that forks a child, already isolated, which waits for its code."""
    alarm_in, alarm_out = os.pipe()
    os.set_blocking(alarm_in, False)
    os.set_blocking(alarm_out, False)
    signal.set_wakeup_fd(alarm_out, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)

    def spawn():
        code_in, code_out = os.pipe()
        result_in, result_out = os.pipe()
        trace_in, trace_out = os.pipe()
        # A larger pipe lets the child hand over its pixels in fewer turns.
        fcntl.fcntl(result_out, getattr(fcntl, "F_SETPIPE_SZ", 1031), 1 << 20)
        folder = None if config["namespaces"] else tempfile.mkdtemp(prefix="verisim-")
        pid = fork()
        if pid == 0:
            try:
                child.run(config, lambda: enter(folder), code_in, result_out, trace_out)
            finally:
                os._exit(70)
        for fd in (code_in, result_out, trace_out):
            os.close(fd)
        return {
            "pid": pid,
            "folder": folder,
            "code": code_out,
            "result": result_in,
            "trace": trace_in,
            "alarm": alarm_in,
        }

    return spawn


def wait_for_job(control_in, buffer):
    """The length of the next job's code; None when the control channel is closed."""
    while True:
        header = read_exactly(control_in, buffer[: HEADER.size])
        if header is None:
            return None
        kind, length = HEADER.unpack(header)
        # A cancel that comes here was overtaken by the end of its job.
        if kind == b"J":
            return length


def supervise(config, job, kill, length, control_in, control_out, buffer):
    """Feeds the child its code, passes on what it writes, and sees to its end. None: the worker must end."""
    if not hand_over(control_in, job["code"], length, buffer):
        kill(job["pid"])
        return None
    deadline = time.monotonic() + config["wallSeconds"] + GRACE
    ended_by = None
    allowed = {job["result"]: config["resultBytes"], job["trace"]: MAX_TRACE}
    kinds = {job["result"]: b"D", job["trace"]: b"T"}
    poll = select.poll()
    for fd in (control_in, job["result"], job["trace"], job["alarm"]):
        poll.register(fd, select.POLLIN)
    state = None
    while state is None or allowed:
        left = deadline - time.monotonic()
        if left <= 0 and ended_by is None and state is None:
            ended_by = "wall"
            kill(job["pid"])
        for fd, _ in poll.poll(max(0, left) * 1000 if ended_by is None and state is None else None):
            if fd == job["alarm"]:
                os.readv(fd, [buffer])
            elif fd == control_in:
                header = read_exactly(control_in, buffer[: HEADER.size])
                if header is None:
                    kill(job["pid"])
                    return None
                if state is None:
                    ended_by = ended_by or "cancel"
                    kill(job["pid"])
            else:
                count = os.readv(fd, [buffer])
                if count == 0:
                    poll.unregister(fd)
                    os.close(fd)
                    del allowed[fd]
                    continue
                allowed[fd] -= count
                if allowed[fd] >= 0:
                    write(control_out, kinds[fd], buffer[:count])
                elif kinds[fd] == b"D" and state is None and ended_by is None:
                    ended_by = "output"
                    kill(job["pid"])
        if state is None:
            pid, status, usage = os.wait4(job["pid"], os.WNOHANG)
            if pid != 0:
                state = status, usage
    clear(job)
    status, usage = state
    return {
        "exit": os.WEXITSTATUS(status) if os.WIFEXITED(status) else None,
        "signal": os.WTERMSIG(status) if os.WIFSIGNALED(status) else None,
        "endedBy": ended_by,
        "cpuSeconds": usage.ru_utime + usage.ru_stime,
    }


def clear(job):
    """Without namespaces the job's folder is an ordinary one."""
    if job["folder"] is not None:
        shutil.rmtree(job["folder"], ignore_errors=True)


def hand_over(control_in, code, length, buffer):
    """Passes the code on unread. False when the control channel closed in the middle."""
    alive = True
    while length > 0:
        count = os.readv(control_in, [buffer[: min(length, BUFFER)]])
        if count == 0:
            return False
        length -= count
        sent = 0
        try:
            while alive and sent < count:
                sent += os.write(code, buffer[sent:count])
        except BrokenPipeError:
            alive = False
    os.close(code)
    return True


def read_exactly(fd, into):
    """Fills `into`; None at the end of the stream."""
    filled = 0
    while filled < len(into):
        count = os.readv(fd, [into[filled:]])
        if count == 0:
            return None
        filled += count
    return into


def write(fd, kind, payload):
    """Writes one frame."""
    parts = [memoryview(HEADER.pack(kind, len(payload))), memoryview(payload)]
    while parts:
        count = os.writev(fd, parts)
        while parts and count >= len(parts[0]):
            count -= len(parts.pop(0))
        if parts:
            parts[0] = parts[0][count:]
