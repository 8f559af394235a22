"""The other side of `sandbox.py`: one task in a process of its own, with little memory, time and no network.

It reads `task.json` and `task.bin` in its directory and leaves `answer.bin`, then `answer.json`.
"""

import ctypes
import json
import resource
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pledge_app.documents.errors import PaperError
from pledge_app.documents.paper import render
from pledge_app.documents.uploads import inspect, preview
from pledge_app.documents.word import render_word

MEMORY_BYTES = 1024**3
CPU_SECONDS = 20
FILE_BYTES = 256 * 1024**2
CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000


def main() -> None:
    """Do the task in the current directory. A PaperError is an answer; anything worse ends the process."""
    _limit()
    isolated = _leave_network()
    try:
        facts, data = _perform(json.loads(Path("task.json").read_text(encoding="utf-8")))
        answer: dict[str, Any] = {"facts": facts, "isolated": isolated}
        Path("answer.bin").write_bytes(data)
    except PaperError as refusal:
        answer = {"reason": refusal.reason, "detail": refusal.detail}
    except MemoryError:
        answer = {"reason": "memory", "detail": f"more than {MEMORY_BYTES} bytes"}
    except RecursionError:
        answer = {"reason": "content", "detail": "nested too deeply"}
    Path("answer.json").write_text(json.dumps(answer), encoding="utf-8")


def _perform(task: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    if task["task"] == "render":
        paper = render(task["kind"], task["content"], template_version=task["template_version"])
        return {"pages": paper.pages, "cells": [asdict(cell) for cell in paper.cells]}, paper.pdf
    if task["task"] == "word":
        return {}, render_word(task["kind"], task["content"], template_version=task["template_version"])
    if task["task"] == "both":
        paper = render(task["kind"], task["content"], template_version=task["template_version"])
        word = render_word(task["kind"], task["content"], template_version=task["template_version"])
        return {"pdf_bytes": len(paper.pdf)}, paper.pdf + word
    upload = inspect(Path("task.bin").read_bytes(), task["declared_name"])
    facts = {key: value for key, value in asdict(upload).items() if key != "data"}
    if task["task"] == "inspect_with_preview":
        return {"upload": facts, "upload_bytes": len(upload.data)}, upload.data + preview(upload.data)
    return facts, upload.data


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_BYTES, FILE_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _leave_network() -> bool:
    """Into a network namespace without any interface. Best effort: a hardened kernel may refuse it;
    the closed fetcher and the refusal of active uploads do not depend on it."""
    with suppress(OSError, AttributeError):
        libc = ctypes.CDLL(None, use_errno=True)
        return bool(libc.unshare(CLONE_NEWNET) == 0 or libc.unshare(CLONE_NEWUSER | CLONE_NEWNET) == 0)
    return False


if __name__ == "__main__":
    main()
