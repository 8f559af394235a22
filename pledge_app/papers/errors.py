"""Why a paper could not be made or a file not accepted: a reason key; the sentence is in
`sentences.py`.
"""

from typing import Literal

from pledge_app.child.refusals import Refusal

Reason = Literal[
    # making a paper
    "content",
    "refused_address",
    "timeout",
    "memory",
    "crashed",
    # receiving a file
    "empty",
    "too_large",
    "kind",
    "broken",
    "polyglot",
    "pdf_version",
    "pdf_encrypted",
    "pdf_active",
    "pdf_attachment",
    "too_many_pages",
    "too_many_pixels",
    "busy",
    # either: the machine makes another one
    "full",
]


class PaperError(Refusal):
    """`reason` is a key for programs, `detail` goes to the log, never to the page."""

    reason: Reason

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(reason, detail)
