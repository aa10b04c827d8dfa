"""Take rights away from this process: no sockets, no more memory than a limit (Linux; elsewhere nothing)."""

import ctypes
import errno
import platform
import resource
import socket
import struct
import sys

_MACHINES = {"x86_64": (41, 0xC000003E), "aarch64": (198, 0xC00000B7)}  # number of socket(2), architecture
_ARGUMENT, _NUMBER, _ARCH = 16, 0, 4  # where they stand in struct seccomp_data
_LOAD, _EQUAL, _RETURN = 0x20, 0x15, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | errno.EACCES
_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 38, 22, 2


def no_sockets() -> bool:
    """Refuse every socket but those of this machine's files, for good; return False where it cannot be done.

    A filter in the kernel answers socket(2) with "permission denied"; it needs no privilege and is
    inherited by children and threads made after it.
    """
    known = _MACHINES.get(platform.machine()) if sys.platform == "linux" else None
    if known is None:
        return False
    program = _program(*known)
    code = ctypes.create_string_buffer(program)
    header = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(code))
    libc = ctypes.CDLL(None, use_errno=True)
    return not libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) and not libc.prctl(
        _SECCOMP, _FILTER, ctypes.create_string_buffer(header), 0, 0
    )


def limit_memory(size: int) -> bool:
    """Give this process no more than `size` bytes of addresses; return False where it cannot be done."""
    if sys.platform != "linux":
        return False
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard != resource.RLIM_INFINITY:
        size = min(size, hard)
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    return True


def no_core() -> None:
    """Leave no image of the memory behind when this process is killed."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _program(number: int, arch: int) -> bytes:
    """Return the filter: on another architecture allow, on socket(2) allow AF_UNIX only, else allow."""
    return b"".join(
        (
            _step(_LOAD, 0, 0, _ARCH),
            _step(_EQUAL, 1, 0, arch),
            _step(_RETURN, 0, 0, _ALLOW),
            _step(_LOAD, 0, 0, _NUMBER),
            _step(_EQUAL, 0, 3, number),
            _step(_LOAD, 0, 0, _ARGUMENT),
            _step(_EQUAL, 1, 0, socket.AF_UNIX),
            _step(_RETURN, 0, 0, _REFUSE),
            _step(_RETURN, 0, 0, _ALLOW),
        )
    )


def _step(code: int, if_true: int, if_false: int, value: int) -> bytes:
    return struct.pack("HBBI", code, if_true, if_false, value)
