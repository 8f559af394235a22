"""Work for a child that leaves something else than an answer. The child imports this module."""

import atexit
import os
import stat
from pathlib import Path
from typing import Any

CPU_SECONDS = 10


def perform(task: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """The answer is good; what replaces it comes when the child has written it and ends."""
    atexit.register(_plant, task)
    return {}, b"good"


def _plant(task: dict[str, Any]) -> None:
    name, target = task["name"], task["target"]
    Path(name).unlink(missing_ok=True)
    match task["plant"]:
        case "symlink":
            Path(name).symlink_to(target)
        case "fifo":
            os.mkfifo(name)
        case "device":
            _device(name)
        case "hard link":
            Path("other").write_text('{"facts": {}}', encoding="utf-8")
            os.link("other", name)
        case "directory":
            Path(name).mkdir()
        case "deep":
            _dig(task["size"])
        case "too large":
            Path(name).touch()
            os.truncate(name, task["size"])
        case "text":
            Path(name).write_text(target, encoding="utf-8")
    os._exit(task["code"])


def _dig(depth: int) -> None:
    for _level in range(depth):
        Path("d").mkdir()
        os.chdir("d")


def _device(name: str) -> None:
    try:
        os.mknod(name, stat.S_IFCHR | 0o600, os.makedev(1, 5))
    except PermissionError:  # not everybody may make one: then there is only the way to one
        Path(name).symlink_to("/dev/zero")
