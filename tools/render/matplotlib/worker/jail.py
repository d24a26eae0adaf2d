"""What a job's process may do, set with kernel means before its code is read. Linux alone has all of them."""

import base64
import contextlib
import ctypes
import os
import resource
import signal
import sys

CLONE_NEWPID, CLONE_NEWNS, CLONE_NEWIPC = 0x20000000, 0x00020000, 0x08000000
MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_REC, MS_PRIVATE = 2, 4, 8, 16384, 1 << 18
PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 38, 22, 2
CAPABILITY_VERSION_3 = 0x20080522


class SockFprog(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_char_p)]


def prepare(config):
    """Returns `fork`, `enter` and `kill`; all that can be done before a job's fork is done here."""
    libc = ctypes.CDLL(None, use_errno=True)
    filter_bytes = base64.b64decode(config["seccomp"])
    program = SockFprog(len(filter_bytes) // 8, filter_bytes)
    home = os.pidfd_open(os.getpid()) if config["namespaces"] else None

    def check(result, what):
        if result != 0:
            number = ctypes.get_errno()
            raise OSError(number, f"{what}: {os.strerror(number)}")

    def fork():
        """Forks a child with process ids of its own, which can name no process but itself."""
        if home is None:
            return os.fork()
        check(libc.unshare(CLONE_NEWPID), "unshare a PID namespace")
        pid = os.fork()
        if pid != 0:
            check(libc.setns(home, CLONE_NEWPID), "return to the PID namespace")
        return pid

    def kill(pid):
        """Ends the job: with namespaces, whatever it started dies with its first process."""
        if home is None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(pid, signal.SIGKILL)
        os.kill(pid, signal.SIGKILL)

    def enter(folder):
        """Shuts the calling process in. Cannot be undone."""
        # A signal to one's own group reaches beyond one's PID namespace: the worker must not be in it.
        os.setsid()
        if home is not None:
            own_files()
        else:
            os.chdir(folder)
        set_limits(config)
        if sys.platform == "linux":
            drop_privileges()

    def own_files():
        check(libc.unshare(CLONE_NEWNS | CLONE_NEWIPC), "unshare mount and IPC namespaces")
        check(libc.mount(b"none", b"/", None, MS_REC | MS_PRIVATE, None), "make mounts private")
        options = f"size={config['diskBytes']},nr_inodes={config['files']},mode=700".encode()
        check(libc.mount(b"tmpfs", b"/tmp", b"tmpfs", MS_NOSUID | MS_NODEV | MS_NOEXEC, options), "mount /tmp")
        os.chdir("/tmp")

    def drop_privileges():
        if home is not None:
            header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
            check(libc.capset(header, (ctypes.c_uint32 * 6)()), "drop capabilities")
        check(libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "forbid new privileges")
        if program.length > 0:
            check(libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0), "filter calls")

    return fork, enter, kill


def set_limits(config):
    limits = {
        "RLIMIT_CPU": (config["cpuSeconds"], config["cpuSeconds"] + 1),
        "RLIMIT_AS": (config["addressSpaceBytes"],) * 2,
        "RLIMIT_FSIZE": (config["fileBytes"],) * 2,
        "RLIMIT_NOFILE": (config["openFiles"],) * 2,
        "RLIMIT_CORE": (0, 0),
        "RLIMIT_MEMLOCK": (0, 0),
        "RLIMIT_MSGQUEUE": (0, 0),
    }
    for name, value in limits.items():
        number = getattr(resource, name, None)
        if number is None:
            continue
        hard = resource.getrlimit(number)[1]
        # A limit that stands lower already cannot be raised, and need not be.
        lower = [v if hard == resource.RLIM_INFINITY else min(v, hard) for v in value]
        with contextlib.suppress(ValueError, OSError) if sys.platform != "linux" else contextlib.nullcontext():
            resource.setrlimit(number, tuple(lower))
