"""The paper of an agreement beside WeasyPrint alone, in one process that did both before: what
our own pipe costs.

The worker's child process begins anew for each paper and takes its second for that; it is not in
these ratios.
"""

from __future__ import annotations

import itertools
import json
from pathlib import Path

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from bench.figures import Figure, compared, timed
from pledge_app.documents.store import FileStore
from pledge_app.kernel.canonical import canonical_json, content_sha256
from pledge_app.papers.printing.assets import ClosedFetcher
from pledge_app.papers.printing.paper import css_text, pictures, render, render_html
from tests.documents.examples_agreement import example_agreement

VARIANT = "pdf/a-3a"
ROUNDS = 25
GOAL = 1.15


def figures(place: Path) -> list[Figure]:
    """The whole pipe ÷ the same HTML, fonts, style sheet and variant alone."""
    press = Press(place)
    taken = timed({"ours": press.ours, "bare": press.bare}, ROUNDS)
    return [Figure("papers.agreement", compared(taken["ours"], taken["bare"]), GOAL, "ratio")]


class Press:
    """The agreement of four communes, printed by our pipe or by WeasyPrint alone."""

    def __init__(self, place: Path) -> None:
        self.place, self.count = place, itertools.count()
        self.content = example_agreement()
        self.html = render_html("agreement", self.content)
        self.fonts = FontConfiguration()
        self.style = CSS(
            string=css_text(),
            font_config=self.fonts,
            url_fetcher=ClosedFetcher(),
            base_url="asset:",
        )

    def ours(self) -> None:
        """Content → hashed → read again → HTML → PDF → stored bytes, as freeze and the worker
        do.
        """
        frozen = canonical_json(self.content)
        content_sha256(self.content)
        paper = render("agreement", json.loads(frozen))
        FileStore(self.place / str(next(self.count))).put(paper.pdf)

    def bare(self) -> bytes:
        """WeasyPrint alone."""
        source = HTML(
            string=self.html, url_fetcher=ClosedFetcher(pictures(self.content)), base_url="asset:"
        )
        printed: bytes = source.write_pdf(
            stylesheets=[self.style], font_config=self.fonts, pdf_variant=VARIANT
        )
        return printed
