"""What a child leaves in its directory, read as something foreign: no name is followed.

The child may have been taken over by the content it looked at. The parent reads more of the disk
than the child, so it opens nothing but plain files that lie in that directory themselves.
"""

from __future__ import annotations

import json
import os
import stat
from typing import Any, cast

from pledge_app.child.process import FILE_BYTES
from pledge_app.child.refusals import Refusal

Facts = dict[str, Any]
FACTS_BYTES = 4 * 1024**2
OUTPUT_BYTES = 2000
"""The end of what a child wrote, for the log."""


class NoAnswer(Exception):
    """What was left is something else than an answer: the message says what."""


def answer_in(directory: int) -> tuple[Facts, bytes]:
    """Facts and bytes that a child has left in the directory of this descriptor.

    Raises Refusal with the child's own reason, NoAnswer where its files are none.
    """
    try:
        facts = _facts(read_plain(directory, "answer.json", FACTS_BYTES))
        return facts, read_plain(directory, "answer.bin", FILE_BYTES)
    except (OSError, ValueError, RecursionError) as fault:
        raise NoAnswer(str(fault)) from fault


def read_plain(directory: int, name: str, most: int) -> bytes:
    """The file of this name in this directory. Raises OSError or NoAnswer.

    Neither a link is followed nor a writer waited for; what is looked at is what was opened.
    """
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    descriptor = os.open(name, flags, dir_fd=directory)
    with os.fdopen(descriptor, "rb") as file:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            raise NoAnswer(f"{name} is no regular file")
        if found.st_uid != os.geteuid() or found.st_nlink != 1:
            raise NoAnswer(f"{name} is somebody else's, or has another name as well")
        if found.st_size > most:
            raise NoAnswer(f"{name} has {found.st_size} bytes, more than {most}")
        data = file.read(found.st_size + 1)
    if len(data) != found.st_size:
        raise NoAnswer(f"{name} changed while it was read")
    return data


def end_of_output(descriptor: int) -> str:
    """The last words of a child, from the descriptor that it was given to write to."""
    start = max(os.fstat(descriptor).st_size - OUTPUT_BYTES, 0)
    return os.pread(descriptor, OUTPUT_BYTES, start).decode(errors="replace")


def _facts(text: bytes) -> Facts:
    answer = json.loads(text)
    if not isinstance(answer, dict):
        raise ValueError("answer.json is no object")
    if "reason" in answer:
        if not isinstance(answer["reason"], str):
            raise ValueError("answer.json gives no reason")
        raise Refusal(answer["reason"], str(answer.get("detail", "")))
    if not isinstance(answer.get("facts"), dict):
        raise ValueError("answer.json has no facts")
    return cast(Facts, answer["facts"])
