"""Work in a child process that can be killed without harm.

The child imports only its own module and what that names: no flask, no settings, no database. It
has no secrets in its environment, and `isolation` keeps it from those on the disk.
"""

import json
import logging
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pledge_app.child.answers import Facts, NoAnswer, answer_in, end_of_output
from pledge_app.child.isolation import Isolation, confined, isolation, readable_trees
from pledge_app.child.refusals import Refusal
from pledge_app.kernel.root import ROOT

PATIENCE_SECONDS = 5
# One child at a time: the other threads of this process go on answering.
_working = threading.BoundedSemaphore(1)
log = logging.getLogger(__name__)
# By path, because the child starts without the search path of this process (-I).
ENTRANCE = """
import runpy, sys
sys.path.insert(0, sys.argv.pop(1))
runpy.run_module("pledge_app.child", run_name="__main__")
"""
KILLED = 128
"""bubblewrap ends with this number and the signal that ended its child."""


@dataclass(frozen=True)
class Work:
    """What a child does: the module with `perform` and `CPU_SECONDS`, how long it is waited for.

    `also`: further modules that it imports; `trees`: what it reads beside the program.
    """

    module: str
    wall_seconds: int
    also: tuple[str, ...] = ()
    trees: tuple[str, ...] = ()

    @property
    def modules(self) -> list[str]:
        """All that the child imports by name."""
        return [self.module, *self.also]


@contextmanager
def turn(patience: int = PATIENCE_SECONDS) -> Iterator[None]:
    """The one place for a child in this process. Raises Refusal("busy") after so many seconds."""
    if not _working.acquire(timeout=patience):
        raise Refusal("busy")
    try:
        yield
    finally:
        _working.release()


def in_child(work: Work, task: Mapping[str, object], data: bytes = b"") -> tuple[Facts, bytes]:
    """Facts and bytes that the work answers. Raises Refusal with its reason, or that of its death.

    Whoever calls it has a `turn`.
    """
    with _place_of_its_own() as place:
        confines_itself = isolation() is Isolation.LANDLOCK
        readable = readable_trees(work.modules, work.trees) if confines_itself else None
        start = {"modules": work.modules, "readable": readable}
        (place / "start.json").write_text(json.dumps(start), encoding="utf-8")
        (place / "task.json").write_text(json.dumps(task), encoding="utf-8")
        (place / "task.bin").write_bytes(data)
        descriptor = os.open(place, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            code, output = _run(work, place)
            if code != 0:
                log.warning("%s ended with %s: %r", work.module, code, output)
                raise _death(code, output)
            return answer_in(descriptor)
        except NoAnswer as fault:
            log.warning("%s left no answer: %s: %r", work.module, fault, output)
            raise Refusal("crashed", f"{fault}: {output}") from fault
        finally:
            os.close(descriptor)


@contextmanager
def _place_of_its_own() -> Iterator[Path]:
    """A directory for one child. Removing it follows no link, and however deep and odd is what
    the child made there, the answer is not lost over it.
    """
    place = Path(tempfile.mkdtemp(prefix="pledge-child-"))
    try:
        yield place
    finally:
        try:
            shutil.rmtree(place)
        except (OSError, RecursionError) as fault:
            log.warning("%s is removed by rm: %s", place, fault)
            subprocess.run(["rm", "-rf", "--", str(place)], check=False, stdin=subprocess.DEVNULL)


def _run(work: Work, place: Path) -> tuple[int, str]:
    """(exit code, the end of what it wrote); the code is negative where a signal ended it."""
    environment = {
        "PATH": os.defpath,
        "LANG": "C.UTF-8",
        "HOME": str(place),
        "TMPDIR": str(place),
        "PYTHONHASHSEED": "0",
    }
    command = [
        sys.executable,
        "-I",
        "-B",
        "-c",
        ENTRANCE,
        str(ROOT),
        work.module,
    ]
    if isolation() is Isolation.BUBBLEWRAP:
        command = confined(command, place, work.modules, work.trees)
    with tempfile.TemporaryFile() as written:
        child = subprocess.Popen(
            command,
            cwd=place,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=written,
            stderr=written,
            start_new_session=True,
        )
        try:
            code = child.wait(work.wall_seconds)
        except subprocess.TimeoutExpired:
            code = -signal.SIGXCPU
        finally:
            _end(child)
        output = end_of_output(written.fileno())
    if code > KILLED:
        code = KILLED - code
    return code, output


def _end(child: subprocess.Popen[bytes]) -> None:
    if child.poll() is None:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def _death(code: int, output: str) -> Refusal:
    """What killed the child, in the words of the reasons."""
    if code in (-signal.SIGXCPU, -signal.SIGKILL):
        return Refusal("timeout", output)
    if "MemoryError" in output or "alloc" in output:
        return Refusal("memory", output)
    return Refusal("crashed", f"exit {code}: {output}")
