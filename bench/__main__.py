"""Measure everything; exit code 1 when a goal is missed."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from bench import data, pages, papers, screen
from bench.figures import keep

with tempfile.TemporaryDirectory() as directory:
    place = Path(directory)
    sys.exit(
        0
        if keep(
            [
                *pages.figures(place),
                *screen.figures(place / "screen"),
                *papers.figures(place),
                *data.figures(place / "province"),
            ]
        )
        else 1
    )
