"""Which lines and branches of rules, states, policies and verbs a run of the tests takes.

With MEASURE naming a folder, each process of the run writes there what it took. Slipcover's probes
take themselves out once they were met; a tracer (coverage.py) made the same tests take 1.7 times as
long. Nothing of the application may be loaded before `begin`.
"""

from __future__ import annotations

import atexit
import json
import os
import re
from pathlib import Path

import slipcover

ROOT = Path(__file__).resolve().parents[1]
GATED = ("rules", "states", "policy", "operations")
RECORDS = re.compile(
    r"^from pledge_app\.audit\.operations import (?:\([^)]*|.*)\brecord\b", re.MULTILINE
)


def gated_files() -> list[Path]:
    """The files of GATED, and every other file that records what was done: it holds verbs."""
    return [path for path in sorted((ROOT / "pledge_app").rglob("*.py")) if is_gated(path)]


def is_gated(path: Path) -> bool:
    """Whether the gate watches this file."""
    if path.stem in GATED:
        return True
    is_web = path.stem.endswith("views")
    return not is_web and RECORDS.search(path.read_text(encoding="utf-8")) is not None


class _Gated:
    """The files that are measured, as slipcover's importer asks for them."""

    def __init__(self) -> None:
        self.files = set(gated_files())

    def matches(self, filename: Path | str | None) -> bool:
        return filename is not None and Path(filename) in self.files


def begin() -> None:
    """Measure this process from here on, when MEASURE asks for it."""
    folder = os.environ.get("MEASURE")
    if folder is None:
        return
    probes = slipcover.Slipcover(branch=True)
    slipcover.ImportManager(probes, _Gated()).__enter__()
    atexit.register(_write, probes, Path(folder) / f"{os.getpid()}.json", os.getpid())


def _write(probes: slipcover.Slipcover, file: Path, pid: int) -> None:
    if pid == os.getpid():  # not a fork of us
        file.write_text(json.dumps(probes.get_coverage()), encoding="utf-8")
