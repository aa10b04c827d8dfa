"""Take away from this process what it does not need: memory beyond a limit, the network, core files.

Linux only in part: the filter on sockets (seccomp) and the clean end after the parent (prctl) are
Linux's; elsewhere `no_sockets` returns False and the guard before the engine stands alone.
"""

import ctypes
import errno
import platform
import resource
import signal
import socket
import struct
import sys
from contextlib import suppress
from pathlib import Path

STACK = 512 * 1024 * 1024  # address space of a thread, touched only as used: the engine recurses deeply
_SOCKET = {"x86_64": (41, 0xC000003E), "aarch64": (198, 0xC00000B7)}  # number of socket(2), architecture
_LOAD, _EQUAL, _RETURN = 0x20, 0x15, 0x06  # BPF instructions
_ALLOW, _DENY = 0x7FFF0000, 0x00050000 | errno.EACCES
_NO_NEW_PRIVILEGES, _SECCOMP, _DIE_WITH_PARENT = 38, 22, 1  # options of prctl(2)
_LAST_X32 = 0x40000000  # system calls of the x32 way of calling carry this bit


def no_sockets() -> bool:
    """Let this process open no socket but those between processes of this machine; True when it holds."""
    if sys.platform != "linux" or platform.machine() not in _SOCKET:
        return False
    number, architecture = _SOCKET[platform.machine()]
    program = b"".join(
        struct.pack("HBBI", *each)
        for each in (
            (_LOAD, 0, 0, 4),  # the architecture
            (_EQUAL, 1, 0, architecture),
            (_RETURN, 0, 0, _DENY),  # another way of calling would slip by the numbers below
            (_LOAD, 0, 0, 0),  # the system call
            (_EQUAL, 3, 0, number),
            (_EQUAL, 2, 0, number | _LAST_X32),
            (_EQUAL, 3, 0, 425),  # io_uring_setup, which opens sockets too
            (_RETURN, 0, 0, _ALLOW),
            (_LOAD, 0, 0, 16),  # the family
            (_EQUAL, 1, 0, socket.AF_UNIX),
            (_RETURN, 0, 0, _DENY),
            (_RETURN, 0, 0, _ALLOW),
        )
    )
    held = ctypes.create_string_buffer(program)
    filters = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(held))
    libc = ctypes.CDLL(None, use_errno=True)
    return not libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) and not libc.prctl(_SECCOMP, 2, filters, 0, 0)


def limit_memory(more: int) -> None:
    """Let this process take at most this many bytes of address space beyond what it has."""
    pages = Path("/proc/self/statm")
    if pages.exists():
        has = int(pages.read_text("ascii").split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (has + more, has + more))


def no_core() -> None:
    """Leave no image of the memory behind when this process is killed."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def die_with_parent() -> None:
    """End this process when its parent ends, and be the first to go when the machine's memory is full."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL, 0, 0, 0)
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000", "ascii")
