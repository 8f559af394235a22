"""Rendering and opening foreign files happen in a child process that can be killed without harm.

The child (`pledge_app/child`) imports only papers/ and the modules that define papers.
"""

from collections.abc import Mapping
from typing import cast, get_args

from pledge_app.child.answers import Facts
from pledge_app.child.refusals import Refusal
from pledge_app.child.starting import PATIENCE_SECONDS, Work, in_child, turn
from pledge_app.kernel.canonical import JsonObject
from pledge_app.papers.definition import Content
from pledge_app.papers.errors import PaperError, Reason
from pledge_app.papers.intake.inspection import LARGEST_FILE, Upload
from pledge_app.papers.printing.paper import PrintedPaper, SignatureCell
from pledge_app.papers.registry import paper_of

WALL_SECONDS = 30
FILES = Work("pledge_app.papers.child.files", 20)


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
    paper = paper_of(kind)
    task = {
        "task": what,
        "kind": kind,
        "module": paper.module,
        "content": content,
        "template_version": template_version,
    }
    templates = tuple(str(edition.templates) for edition in paper.editions.values())
    work = Work("pledge_app.papers.child.papers", WALL_SECONDS, (paper.module,), templates)
    try:
        return _done(work, task, patience=0)
    except PaperError as refusal:
        if refusal.reason == "busy":
            raise PaperError("full") from refusal
        raise


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
    try:
        return _done(FILES, {"task": task, "declared_name": declared_name}, data)
    except PaperError as refusal:
        # The libraries stumble over damaged files in ways of their own.
        if refusal.reason == "crashed":
            raise PaperError("broken", refusal.detail) from refusal
        raise


def _done(
    work: Work, task: Mapping[str, object], data: bytes = b"", patience: int = PATIENCE_SECONDS
) -> tuple[Facts, bytes]:
    """The answer of a child. Raises PaperError; a reason that no room here has is no answer."""
    try:
        with turn(patience):
            return in_child(work, task, data)
    except Refusal as refusal:
        if refusal.reason in get_args(Reason):
            raise PaperError(cast(Reason, refusal.reason), refusal.detail) from refusal
        raise PaperError("crashed", "answer.json gives an unknown reason") from refusal
