"""The coverage gate: every branch of who, when, how much and the verbs was taken by a test.

`python -m tests.tools.branches` reads what the stages measured (tests/measuring.py), names each gap
that tests/coverage_exceptions.toml does not explain and each explanation that is needed no more.
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from slipcover import merge_coverage

from tests.measuring import ROOT, gated_files

MEASURED = ROOT / ".cache" / "coverage"
EXCEPTIONS = ROOT / "tests" / "coverage_exceptions.toml"


@dataclass(frozen=True)
class Gap:
    """Lines that no test ran, or a jump that none took: `text` is the line where it begins."""

    file: str
    line: int
    text: str
    leads_to: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.text}  [{self.leads_to}]"


def gaps_of(file: str, source: list[str], figures: Mapping[str, Any]) -> Iterator[Gap]:
    """What is missing in one file of the report; a branch to line 0 leaves the function."""
    missing: list[int] = figures["missing_lines"]
    not_run = set(missing)
    executed = set(figures["executed_lines"])
    previous = 0
    for line in missing:
        begins = not any(between in executed for between in range(previous, line))
        if previous == 0 or not begins:
            yield Gap(file, line, source[line - 1].strip(), "never run")
        previous = line
    for start, end in figures["missing_branches"]:
        if start in not_run or end in not_run:
            continue
        target = "the end" if end == 0 else source[end - 1].strip()
        yield Gap(file, start, source[start - 1].strip(), f"never to: {target}")


def all_gaps(paths: Iterable[Path], measured: Mapping[str, Mapping[str, Any]]) -> list[Gap]:
    """Every gap of `paths`, in their order; `measured` is "files" of the report."""
    gaps: list[Gap] = []
    for path in paths:
        source = path.read_text(encoding="utf-8").splitlines()
        name = str(path.relative_to(ROOT))
        if name in measured:
            gaps += gaps_of(name, source, measured[name])
        elif any(line.strip() for line in source):
            gaps.append(Gap(name, 1, source[0].strip(), "never imported"))
    return gaps


def unexplained(
    gaps: Iterable[Gap], exceptions: Iterable[Mapping[str, str]]
) -> tuple[list[Gap], list[str]]:
    """(gaps without a reason, reasons without a gap)."""
    reasons = {(row["file"], row["line"]) for row in exceptions}
    used = {(gap.file, gap.text) for gap in gaps}
    without_reason = [gap for gap in gaps if (gap.file, gap.text) not in reasons]
    without_gap = [f"{file}: {line}" for file, line in sorted(reasons - used)]
    return without_reason, without_gap


def explained() -> list[dict[str, str]]:
    """The closed list: file, the line that a gap begins with, and why no test can close it."""
    rows: list[dict[str, str]] = tomllib.loads(EXCEPTIONS.read_text(encoding="utf-8"))["exception"]
    return rows


def measured_files() -> dict[str, dict[str, Any]]:
    """What the processes of the last runs took together, by file; nothing when none measured."""
    report: dict[str, Any] = {}
    for path in sorted(MEASURED.glob("*.json")):
        taken = json.loads(path.read_text(encoding="utf-8"))
        report = merge_coverage(report, taken) if report else taken
    files: dict[str, dict[str, Any]] = report.get("files", {})
    return files


def main() -> int:
    """Print what is missing, and which reasons can be struck; 1 when a gap has no reason."""
    measured = measured_files()
    if not measured:
        print("Nothing was measured: run `make coverage`, or the stages of `make test`.")
        return 1
    paths = gated_files()
    exceptions = explained()
    gaps = all_gaps(paths, measured)
    open_gaps, stale = unexplained(gaps, exceptions)
    for gap in open_gaps:
        print(gap)
    for line in stale:
        print(f"tests/coverage_exceptions.toml: no longer needed: {line}")
    branches = sum(_branches(measured[name]) for name in names(paths, measured))
    print(
        f"branches: {branches} in {len(paths)} files of rules, states, policies and verbs; "
        f"{len(open_gaps)} gaps, {len(exceptions)} exceptions"
    )
    return 1 if open_gaps else 0


def _branches(figures: Mapping[str, Any]) -> int:
    return len(figures["executed_branches"]) + len(figures["missing_branches"])


def names(paths: Iterable[Path], measured: Mapping[str, object]) -> list[str]:
    """The gated files that were measured, as the report names them."""
    every = (str(path.relative_to(ROOT)) for path in paths)
    return [name for name in every if name in measured]


if __name__ == "__main__":
    sys.exit(main())
