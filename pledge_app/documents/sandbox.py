"""Rendering and opening foreign files happen in a child process that can be killed without harm.

The child imports only papers/ and the modules that define papers: no flask, no settings, no
database. It has no secrets in its environment, and `isolation` keeps it from those on the disk.
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
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from pledge_app.documents.child_answer import Facts, NoAnswer, answer_in, end_of_output
from pledge_app.documents.isolation import Isolation, confined, isolation, readable_trees
from pledge_app.kernel.canonical import JsonObject
from pledge_app.papers.definition import Content
from pledge_app.papers.errors import PaperError
from pledge_app.papers.intake.inspection import LARGEST_FILE, Upload
from pledge_app.papers.printing.paper import PrintedPaper, SignatureCell
from pledge_app.papers.registry import paper_of
from pledge_app.papers.root import ROOT

WALL_SECONDS = 30
FILE_WALL_SECONDS = 20
PATIENCE_SECONDS = 5
# One child at a time: the other threads of this process go on answering.
_working = threading.BoundedSemaphore(1)
log = logging.getLogger(__name__)
# By path, because the child starts without the search path of this process (-I).
ENTRANCE = """
import runpy, sys
sys.path.insert(0, sys.argv.pop(1))
runpy.run_module("pledge_app.papers.child", run_name="__main__")
"""
KILLED = 128
"""bubblewrap ends with this number and the signal that ended its child."""
PAPERS = "pledge_app.papers.child.papers"
FILES = "pledge_app.papers.child.files"


def render_in_child(
    kind: str,
    content: Content,
    template_version: int | None = None,
) -> PrintedPaper:
    """As `paper.render`. Raises PaperError: content, refused_address, timeout, memory, crashed,
    full.
    """
    facts, pdf = _make(
        "render",
        kind,
        content,
        template_version,
    )
    return _printed(facts, pdf)


def word_in_child(kind: str, content: Content, template_version: int | None = None) -> bytes:
    """As `word.render_word`. Raises PaperError as `render_in_child`."""
    return _make(
        "word",
        kind,
        content,
        template_version,
    )[1]


def both_in_child(
    kind: str,
    content: Content,
    template_version: int | None = None,
) -> tuple[PrintedPaper, bytes]:
    """The PDF and the DOCX of a content, in one child. Raises PaperError as `render_in_child`."""
    facts, data = _make(
        "both",
        kind,
        content,
        template_version,
    )
    end = facts["pdf_bytes"]
    return _printed(facts, data[:end]), data[end:]


def _printed(facts: JsonObject, pdf: bytes) -> PrintedPaper:
    cells = tuple(SignatureCell(**cell) for cell in facts["cells"])
    return PrintedPaper(pdf, facts["pages"], cells)


def _make(
    what: str, kind: str, content: Mapping[str, object], template_version: int | None
) -> tuple[Facts, bytes]:
    """A paper, unless this process has a child already: then "full" at once. The worker never
    has two.
    """
    task = {
        "task": what,
        "kind": kind,
        "module": paper_of(kind).module,
        "content": content,
        "template_version": template_version,
    }
    if not _working.acquire(blocking=False):
        raise PaperError("full")
    try:
        return _in_child(PAPERS, task)
    finally:
        _working.release()


def inspect_upload_in_child(data: bytes, declared_name: str) -> Upload:
    """As `uploads.inspect`. Raises PaperError with the reason; `sentences.sentence` says it."""
    facts, stored = _inspect("inspect", data, declared_name)
    return Upload(data=stored, **facts)


def inspect_with_preview_in_child(data: bytes, declared_name: str) -> tuple[Upload, bytes]:
    """As `inspect_upload_in_child`, and a JPEG of the first page, in one child."""
    facts, both = _inspect("inspect_with_preview", data, declared_name)
    end = facts["upload_bytes"]
    upload = Upload(data=both[:end], **facts["upload"])
    return upload, both[end:]


def _inspect(task: str, data: bytes, declared_name: str) -> tuple[Facts, bytes]:
    if not data:
        raise PaperError("empty")
    if len(data) > LARGEST_FILE:
        raise PaperError("too_large", str(len(data)))
    if not _working.acquire(timeout=PATIENCE_SECONDS):
        raise PaperError("busy")
    try:
        return _in_child(FILES, {"task": task, "declared_name": declared_name}, data)
    except PaperError as refusal:
        # The libraries stumble over damaged files in ways of their own.
        if refusal.reason == "crashed":
            raise PaperError("broken", refusal.detail) from refusal
        raise
    finally:
        _working.release()


def _in_child(what: str, task: Mapping[str, object], data: bytes = b"") -> tuple[Facts, bytes]:
    with _place_of_its_own() as place:
        modules = [what, *([str(task["module"])] if "module" in task else [])]
        confines_itself = isolation() is Isolation.LANDLOCK
        readable = readable_trees(modules) if confines_itself else None
        start = {"modules": modules, "readable": readable}
        (place / "start.json").write_text(json.dumps(start), encoding="utf-8")
        (place / "task.json").write_text(json.dumps(task), encoding="utf-8")
        (place / "task.bin").write_bytes(data)
        descriptor = os.open(place, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            code, output = _run(what, place, modules)
            if code != 0:
                log.warning("%s ended with %s: %r", what, code, output)
                raise _death(code, output)
            return answer_in(descriptor)
        except NoAnswer as fault:
            log.warning("%s left no answer: %s: %r", what, fault, output)
            raise PaperError("crashed", f"{fault}: {output}") from fault
        finally:
            os.close(descriptor)


@contextmanager
def _place_of_its_own() -> Iterator[Path]:
    """A directory for one child. Removing it follows no link, and however deep and odd is what
    the child made there, the answer is not lost over it.
    """
    place = Path(tempfile.mkdtemp(prefix="pledge-paper-"))
    try:
        yield place
    finally:
        try:
            shutil.rmtree(place)
        except (OSError, RecursionError) as fault:
            log.warning("%s is removed by rm: %s", place, fault)
            subprocess.run(["rm", "-rf", "--", str(place)], check=False, stdin=subprocess.DEVNULL)


def _run(what: str, place: Path, modules: Sequence[str]) -> tuple[int, str]:
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
        what,
    ]
    if isolation() is Isolation.BUBBLEWRAP:
        command = confined(command, place, modules)
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
            code = child.wait(WALL_SECONDS if what == PAPERS else FILE_WALL_SECONDS)
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


def _death(code: int, output: str) -> PaperError:
    """What killed the child, in the words of the reasons."""
    if code in (-signal.SIGXCPU, -signal.SIGKILL):
        return PaperError("timeout", output)
    if "MemoryError" in output or "alloc" in output:
        return PaperError("memory", output)
    return PaperError("crashed", f"exit {code}: {output}")
