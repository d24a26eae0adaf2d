"""The worker's loop: one job at a time, each in a child forked from the warm process.

Frames on the control channel are a type byte, a length (4 bytes, big endian) and a payload.
In:  J source code of a job, C cancel the running job.
Out: R ready (JSON), D bytes of the job's result, T bytes of its fault trace, E end of the job (JSON).

The child holds neither end of the control channel: what it writes goes through a pipe and is framed here, so
it can garble its own result but no other job's. A child sees all of our memory but one buffer, which a fork leaves
out: code and result pass through that, and the worker keeps nothing else of a job.
"""

import fcntl
import json
import mmap
import os
import shutil
import signal
import struct
import tempfile
from dataclasses import dataclass

import child
import jail
import warm
from supervise import supervise

HEADER = struct.Struct(">cI")
BUFFER = 1 << 18
# Above every descriptor that a job is given.
FIRST_PRIVATE_FD = 40
F_SETPIPE_SZ = 1031


@dataclass
class Job:
    """A forked child that waits for its code, and our ends of its pipes."""

    pid: int
    code: int
    result: int
    trace: int
    # An ordinary folder to remove, where there are no namespaces.
    folder: str = None

    def close(self):
        for fd in (self.code, self.result, self.trace):
            os.close(fd)
        self.clear()

    def clear(self):
        if self.folder is not None:
            shutil.rmtree(self.folder, ignore_errors=True)


class Control:
    """The channel to the parent, moved away from descriptors 0 and 1, which become /dev/null."""

    def __init__(self):
        self.reading = fcntl.fcntl(0, fcntl.F_DUPFD_CLOEXEC, FIRST_PRIVATE_FD)
        self.writing = fcntl.fcntl(1, fcntl.F_DUPFD_CLOEXEC, FIRST_PRIVATE_FD)
        self.buffer = memoryview(private_memory(BUFFER))
        null = os.open(os.devnull, os.O_RDWR)
        os.dup2(null, 0)
        os.dup2(null, 1)
        os.close(null)

    def wipe(self):
        """Where a fork cannot leave the buffer out, it finds nothing in it."""
        if not hasattr(mmap, "MADV_DONTFORK"):
            self.buffer[:] = bytes(BUFFER)

    def read_header(self):
        """Type and length of the next frame; None when the parent is gone."""
        filled = 0
        while filled < HEADER.size:
            count = os.readv(self.reading, [self.buffer[filled : HEADER.size]])
            if count == 0:
                return None
            filled += count
        return HEADER.unpack(self.buffer[: HEADER.size])

    def write(self, kind, payload):
        parts = [memoryview(HEADER.pack(kind, len(payload))), memoryview(payload)]
        while parts:
            count = os.writev(self.writing, parts)
            while parts and count >= len(parts[0]):
                count -= len(parts.pop(0))
            if parts:
                parts[0] = parts[0][count:]

    def pass_on(self, length, fd):
        """Gives a payload to a job unread. False when the parent is gone."""
        while length > 0:
            count = os.readv(self.reading, [self.buffer[: min(length, BUFFER)]])
            if count == 0:
                return False
            length -= count
            sent = 0
            try:
                while sent < count:
                    sent += os.write(fd, self.buffer[sent:count])
            except BrokenPipeError:
                # The child is dead, which is noticed later; the rest of the frame must still be read.
                pass
        os.close(fd)
        return True


def private_memory(size):
    """Memory that children do not have, where the system can do that; it is not copied for them at each write either."""
    memory = mmap.mmap(-1, size, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    if hasattr(mmap, "MADV_DONTFORK"):
        memory.madvise(mmap.MADV_DONTFORK)
    return memory


def serve(config):
    control = Control()
    versions = warm.up(config)
    fork, enter, kill = jail.prepare(config)
    alarm = alarm_at_death()
    own = child.worker_modules()

    def spawn():
        """Forks a child, shut in already, so that it costs the next job nothing."""
        code_in, code_out = os.pipe()
        result_in, result_out = os.pipe()
        trace_in, trace_out = os.pipe()
        # A larger pipe lets the child hand over its pixels in fewer turns.
        fcntl.fcntl(result_out, F_SETPIPE_SZ, 1 << 20)
        folder = None if config["namespaces"] else tempfile.mkdtemp(prefix="verisim-")
        pid = fork()
        if pid == 0:
            try:
                child.run(config, own, lambda: enter(folder), code_in, result_out, trace_out)
            finally:
                os._exit(70)
        for fd in (code_in, result_out, trace_out):
            os.close(fd)
        return Job(pid, code_out, result_in, trace_in, folder)

    control.write(b"R", json.dumps(versions).encode())
    while True:
        control.wipe()
        job = spawn()
        length = next_job(control)
        if length is None:
            return kill(job.pid)
        if os.waitpid(job.pid, os.WNOHANG)[0] != 0:
            # It was killed while it waited, by a machine short of memory: not the next job's fault.
            job.close()
            job = spawn()
        end = supervise(config, control, job, length, alarm, kill)
        job.clear()
        if end is None:
            return kill(job.pid)
        control.write(b"E", json.dumps(end).encode())


def next_job(control):
    """The length of the next job's code; None when the parent is gone."""
    while True:
        header = control.read_header()
        if header is None:
            return None
        kind, length = header
        # A cancel that comes here was overtaken by the end of its job.
        if kind == b"J":
            return length


def alarm_at_death():
    """A descriptor that has something to read once a child has ended."""
    reading, writing = os.pipe()
    for fd in (reading, writing):
        os.set_blocking(fd, False)
    signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    return reading
