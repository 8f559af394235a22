"""What the guards look at: the files that git keeps, or would keep."""

from __future__ import annotations

import re
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]


@cache
def kept_files() -> tuple[Path, ...]:
    """Tracked files and new ones that are not ignored."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\0")
    return tuple(path for name in sorted(set(listed)) if name and (path := ROOT / name).is_file())


def files(folder: str, *suffixes: str) -> list[Path]:
    """The kept files below `folder` with one of `suffixes` (all when none is given)."""
    return [
        path
        for path in kept_files()
        if path.is_relative_to(ROOT / folder) and (not suffixes or path.suffix in suffixes)
    ]


def text_of(path: Path) -> str:
    """The text of a file; the empty string for a picture, a font, a paper."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def lines_with(pattern: str, paths: list[Path], *, ignore_case: bool = False) -> list[str]:
    """Every "file:line: text" that matches `pattern`."""
    wanted = re.compile(pattern, re.IGNORECASE if ignore_case else 0)
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:160]}"
        for path in paths
        for number, line in enumerate(text_of(path).splitlines(), start=1)
        if wanted.search(line)
    ]
