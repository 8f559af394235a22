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

from pledge_app.child.confinement import landlock_version
from pledge_app.kernel.root import ROOT

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
        "papers, sheets and uploads are worked on without isolation from the data directory: "
        "install bubblewrap, or allow user namespaces or Landlock"
    )
    return Isolation.NONE


def readable_trees(modules: Iterable[str], more: Iterable[str] = ()) -> list[str]:
    """The trees that a child needs which imports these modules, and what else it reads."""
    program = [str(ROOT / name) for name in PROGRAM]
    trees = [*SYSTEM, sys.base_prefix, sys.prefix, *program, *more]
    for module in modules:
        # Where its top package stands.
        trees += getattr(sys.modules.get(module.partition(".")[0]), "__path__", [])
    return [tree for tree in dict.fromkeys(trees) if Path(tree).exists()]


def confined(
    command: list[str], place: Path, modules: Iterable[str], more: Iterable[str] = ()
) -> list[str]:
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
    for tree in readable_trees(modules, more):
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
    with TemporaryDirectory(prefix="pledge-child-") as directory:
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
