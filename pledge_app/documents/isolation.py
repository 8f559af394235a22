"""What the child process can reach: the program, the fonts and its own directory, nothing else.

First choice: bubblewrap, in namespaces of its own (files, processes, network). Where namespaces are
forbidden, as in many containers: Landlock, by which the child confines itself before it touches
foreign content; the network is then left where the kernel allows it. Where there is neither, the
child could read the data directory: a warning is logged once, and `/healthz?deep=1` says so.
"""

from __future__ import annotations

import logging
import shutil
import subprocess
import sys
from collections.abc import Iterable
from enum import StrEnum
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from pledge_app.papers.child.confinement import landlock_version
from pledge_app.papers.registry import every_paper
from pledge_app.papers.root import ROOT

log = logging.getLogger(__name__)
SYSTEM = (
    "/usr",
    "/lib",
    "/lib64",
    "/bin",
    "/etc/fonts",
    "/etc/ld.so.cache",
    "/etc/alternatives",
    "/etc/mime.types",
    "/var/cache/fontconfig",
    "/dev/null",
    "/dev/urandom",
)
"""What a program needs of the system: libraries, and what fontconfig reads."""
PROGRAM = ("pledge_app", "templates", "static/fonts")
"""What papers are made of. Nothing else of the project's directory: the data may lie in it."""
PATIENCE_SECONDS = 10


class Isolation(StrEnum):
    """How the child is kept from what is not its own."""

    BUBBLEWRAP = "bubblewrap"
    LANDLOCK = "landlock"
    NONE = "none"


@cache
def isolation() -> Isolation:
    """The best that this machine can do, tried once in a process."""
    if shutil.which("bwrap") and _bubblewrap_works():
        return Isolation.BUBBLEWRAP
    if landlock_version() > 0:
        return Isolation.LANDLOCK
    log.warning(
        "papers and uploads are worked on without isolation from the data directory: "
        "install bubblewrap, or allow user namespaces or Landlock"
    )
    return Isolation.NONE


def readable_trees(modules: Iterable[str]) -> list[str]:
    """The trees that a child needs which imports these modules."""
    trees = [
        *SYSTEM,
        sys.base_prefix,
        sys.prefix,
        *(str(ROOT / name) for name in PROGRAM),
    ]
    for module in modules:
        trees += _trees_of(module)
    return [tree for tree in dict.fromkeys(trees) if Path(tree).exists()]


def confined(command: list[str], place: Path, modules: Iterable[str]) -> list[str]:
    """The command as bubblewrap starts it: `place` is all that it can write."""
    wrapped = [
        "bwrap",
        "--unshare-all",
        "--die-with-parent",
        "--new-session",
        "--cap-drop",
        "ALL",
    ]
    wrapped += ["--dev", "/dev"]
    for tree in readable_trees(modules):
        if not tree.startswith("/dev/"):
            wrapped += ["--ro-bind", tree, tree]
    wrapped += [
        "--bind",
        str(place),
        str(place),
        "--chdir",
        str(place),
        "--remount-ro",
        "/",
    ]
    return [*wrapped, "--", *command]


def _bubblewrap_works() -> bool:
    with TemporaryDirectory(prefix="pledge-paper-") as directory:
        command = confined(
            [
                sys.executable,
                "-I",
                "-c",
                "",
            ],
            Path(directory),
            (),
        )
        try:
            subprocess.run(
                command,
                check=True,
                env={},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=PATIENCE_SECONDS,
            )
        except (OSError, subprocess.SubprocessError) as refusal:
            log.info("bubblewrap cannot be used here: %s", refusal)
            return False
    return True


def _trees_of(module: str) -> list[str]:
    """Where the top package of a module stands, and the templates of the papers that it defines."""
    trees = list(getattr(sys.modules.get(module.partition(".")[0]), "__path__", []))
    for paper in every_paper():
        if paper.module == module:
            trees += [str(edition.templates) for edition in paper.editions.values()]
    return trees
