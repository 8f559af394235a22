"""Landlock: from here on this process reads the named trees and writes one directory.

The second choice, where bubblewrap cannot make namespaces. The numbers are those of the kernel's
own interface (linux/landlock.h), the same on every architecture. Of what the kernel's version of
the interface can refuse, this is refused:

- 1: opening, running, listing, making, removing outside the trees; tracing another process
- 3: truncating as well
- 4: TCP, to listen and to connect
- 5: commands (ioctl) to devices opened from here on
- 6: signals to any other process but its own children, and abstract Unix sockets outside

No version read here refuses: to ask whether a file exists, how large and whose it is; to change
mode, owner, times and extended attributes of what the same user owns; to lock a file that may be
opened; to connect to a Unix socket that has a path; UDP and whatever else is not TCP; to set
priority and limits of the same user's other processes. Before 3, 4, 5 or 6, what is named there.
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
TRUNCATE, IOCTL_DEV = 1 << 14, 1 << 15
OF_FILES = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEV
FIRST_RIGHTS = (1 << 13) - 1
"""Every right of the interface's first version: read, write, execute, make, remove."""
TCP = 1 << 0 | 1 << 1
"""To bind and to connect."""
SCOPES = 1 << 0 | 1 << 1
"""Abstract Unix sockets and signals stay among the confined."""
TRUNCATE_SINCE, TCP_SINCE, IOCTL_DEV_SINCE, SCOPES_SINCE = 3, 4, 5, 6


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
    """Refuse this process, and all that it starts, what is named above. For ever.

    Raises OSError where the kernel cannot do it: then nothing may be done with foreign content.
    """
    libc = _libc()
    version = landlock_version()
    everything = _rights_of_files(version)
    handled = _handled(version)
    ruleset = _checked(libc.syscall(CREATE_RULESET, handled, len(handled), 0))
    try:
        for tree in readable:
            _allow(libc, ruleset, tree, READING)
        _allow(libc, ruleset, writable, everything)
        _checked(libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
        _checked(libc.syscall(RESTRICT_SELF, ruleset, 0))
    finally:
        os.close(ruleset)


def _rights_of_files(version: int) -> int:
    rights = FIRST_RIGHTS
    if version >= TRUNCATE_SINCE:
        rights |= TRUNCATE
    if version >= IOCTL_DEV_SINCE:
        rights |= IOCTL_DEV
    return rights


def _handled(version: int) -> bytes:
    """`struct landlock_ruleset_attr`, as long as a kernel of this version knows it."""
    fields = [_rights_of_files(version)]
    if version >= TCP_SINCE:
        fields.append(TCP)
    if version >= SCOPES_SINCE:
        fields.append(SCOPES)
    return struct.pack(f"={len(fields)}Q", *fields)


def _allow(libc: ctypes.CDLL, ruleset: int, tree: str, rights: int) -> None:
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
