"""Measure everything; exit code 1 when a goal is missed."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from bench import data, pages
from bench.figures import keep

with tempfile.TemporaryDirectory() as directory:
    sys.exit(0 if keep(pages.figures(Path(directory)) + data.figures(Path(directory) / "province")) else 1)
