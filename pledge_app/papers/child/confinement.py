"""Landlock: from here on this process reads the named trees and nothing else of the disk.

The second choice, where bubblewrap cannot make namespaces. The numbers are those of the kernel's
own interface (linux/landlock.h), the same on every architecture.
"""

import ctypes
import os
import struct
from collections.abc import Iterable
from pathlib import Path

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
PATH_BENEATH = 1
ASK_VERSION = 1
PR_SET_NO_NEW_PRIVS = 38
EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
READING = EXECUTE | READ_FILE | READ_DIR
OF_FILES = EXECUTE | WRITE_FILE | READ_FILE
EVERYTHING = (1 << 13) - 1
"""Every right of the interface's first version: read, write, execute, make, remove."""


def landlock_version() -> int:
    """The version of the interface that this kernel has; 0 where it has none or refuses it."""
    try:
        version = int(
            _libc().syscall(
                CREATE_RULESET,
                None,
                0,
                ASK_VERSION,
            )
        )
    except (OSError, AttributeError):
        return 0
    return max(version, 0)


def confine(readable: Iterable[str], writable: str) -> None:
    """Refuse this process, and all that it starts, every file outside these trees. For ever.

    Raises OSError where the kernel cannot do it: then nothing may be done with foreign content.
    """
    libc = _libc()
    handled = struct.pack("Q", EVERYTHING)
    ruleset = _checked(
        libc.syscall(
            CREATE_RULESET,
            handled,
            len(handled),
            0,
        )
    )
    try:
        for tree in readable:
            _allow(
                libc,
                ruleset,
                tree,
                READING,
            )
        _allow(
            libc,
            ruleset,
            writable,
            EVERYTHING,
        )
        _checked(
            libc.prctl(
                PR_SET_NO_NEW_PRIVS,
                1,
                0,
                0,
                0,
            )
        )
        _checked(libc.syscall(RESTRICT_SELF, ruleset, 0))
    finally:
        os.close(ruleset)


def _allow(
    libc: ctypes.CDLL,
    ruleset: int,
    tree: str,
    rights: int,
) -> None:
    if not Path(tree).is_dir():
        rights &= OF_FILES
    descriptor = os.open(tree, os.O_PATH | os.O_CLOEXEC)
    try:
        rule = struct.pack("=Qi", rights, descriptor)
        _checked(
            libc.syscall(
                ADD_RULE,
                ruleset,
                PATH_BENEATH,
                rule,
                0,
            )
        )
    finally:
        os.close(descriptor)


def _checked(answer: int) -> int:
    if answer < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return answer


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
