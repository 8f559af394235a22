"""The other side of `starting.py`: one task in a process of its own, with little memory, time and
no network.

It reads `task.json` and `task.bin` in its directory and leaves `answer.bin`, then `answer.json`.
What it does is another module's, so that looking at a file does not wait half a second for what
makes papers.
"""

import ctypes
import json
import resource
import signal
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from pledge_app.child.refusals import Refusal
from pledge_app.kernel.canonical import JsonObject

MEMORY_BYTES = 1024**3
FILE_BYTES = 256 * 1024**2
CLONE_NEWUSER = 0x10000000
CLONE_NEWNET = 0x40000000
PR_SET_PDEATHSIG = 1


def main(perform: Callable[[JsonObject], tuple[JsonObject, bytes]], cpu_seconds: int) -> None:
    """Do the task in the current directory. A Refusal is an answer; anything worse ends the
    process.
    """
    _limit(cpu_seconds)
    isolated = _leave_network()
    try:
        facts, data = perform(json.loads(Path("task.json").read_text(encoding="utf-8")))
        answer: JsonObject = {"facts": facts, "isolated": isolated}
        Path("answer.bin").write_bytes(data)
    except Refusal as refusal:
        answer = {"reason": refusal.reason, "detail": refusal.detail}
    except MemoryError:
        answer = {"reason": "memory", "detail": f"more than {MEMORY_BYTES} bytes"}
    except RecursionError:
        answer = {"reason": "content", "detail": "nested too deeply"}
    Path("answer.json").write_text(json.dumps(answer), encoding="utf-8")


def _limit(cpu_seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_BYTES, FILE_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(OSError, AttributeError):
        # When the parent dies, nobody waits for the answer.
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def _leave_network() -> bool:
    """Into a network namespace without any interface. Best effort: a hardened kernel may refuse it;
    the closed fetcher and the refusal of active uploads do not depend on it."""
    with suppress(OSError, AttributeError):
        libc = ctypes.CDLL(None, use_errno=True)
        return bool(
            libc.unshare(CLONE_NEWNET) == 0 or libc.unshare(CLONE_NEWUSER | CLONE_NEWNET) == 0
        )
    return False
