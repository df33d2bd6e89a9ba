"""Runs a program under a filter of system calls like the one that Docker lays around containers.

python3 docker_filter.py [--no-landlock] PROGRAM WORD...

Refused are new namespaces, mounts, other roots and keys; clone3 is unknown. Who may not lay a
filter otherwise renounces new privileges first, as `--security-opt no-new-privileges` has it.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct
import sys

PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, FILTER = 38, 22, 2
LOAD, JUMP_IF_EQUAL, JUMP_IF_SET, RETURN = 0x20, 0x15, 0x45, 0x06
ALLOW, REFUSE = 0x7FFF0000, 0x00050000
NUMBER, FIRST_ARGUMENT = 0, 16  # where the kernel puts them for a filter to see
NAME_SPACES = 0x7E020000  # the flags of clone
# open_tree, move_mount, fsopen, fsconfig, fsmount, mount_setattr; alike on every processor
NEW_MOUNT_CALLS = (428, 429, 430, 431, 432, 442)
LANDLOCK = (444, 445, 446)
CLONE3 = 435
BY_PROCESSOR = {  # clone, then unshare, mount, umount2, setns, pivot_root, keyctl
    "x86_64": (56, (272, 165, 166, 308, 155, 250)),
    "aarch64": (220, (97, 40, 39, 268, 41, 219)),
}


def instructions(landlock: bool) -> list[tuple[int, int, int, int]]:
    clone, refused = BY_PROCESSOR[os.uname().machine]
    code = [(LOAD, 0, 0, NUMBER)]
    for number in (*refused, *NEW_MOUNT_CALLS):
        code += [(JUMP_IF_EQUAL, 0, 1, number), (RETURN, 0, 0, REFUSE | errno.EPERM)]
    for number in (CLONE3, *(() if landlock else LANDLOCK)):
        code += [(JUMP_IF_EQUAL, 0, 1, number), (RETURN, 0, 0, REFUSE | errno.ENOSYS)]
    return [
        *code,
        (JUMP_IF_EQUAL, 0, 3, clone),
        (LOAD, 0, 0, FIRST_ARGUMENT),
        (JUMP_IF_SET, 0, 1, NAME_SPACES),
        (RETURN, 0, 0, REFUSE | errno.EPERM),
        (RETURN, 0, 0, ALLOW),
    ]


def lay(landlock: bool) -> None:
    code = b"".join(struct.pack("HBBI", *each) for each in instructions(landlock))
    held = ctypes.create_string_buffer(code, len(code))
    program = ctypes.create_string_buffer(
        struct.pack("HxxxxxxP", len(code) // 8, ctypes.addressof(held))
    )
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_SECCOMP, FILTER, program, 0, 0) != 0:
        libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        if libc.prctl(PR_SET_SECCOMP, FILTER, program, 0, 0) != 0:
            sys.exit(f"no filter: {os.strerror(ctypes.get_errno())}")


if __name__ == "__main__":
    words = sys.argv[1:]
    lay(landlock="--no-landlock" not in words[:1])
    words = words[1:] if words[:1] == ["--no-landlock"] else words
    os.execvp(words[0], words)
