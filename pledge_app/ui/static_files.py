"""Addresses of static files. Each carries a hash of what it names, so that a browser may keep it
for ever.

A script imports its parts by relative addresses, which carry no hash of their own. So the folder of
the scripts carries one over all of them: static/js/grid/main.js is asked for as
/static/js-0123456789/grid/main.js, and what it imports comes from the same folder. (An import map
would be an inline script, which the security policy forbids.)
"""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path

from flask import current_app, url_for
from werkzeug.exceptions import NotFound

SCRIPTS = "js"
DIGITS = 10
_VERSIONED = re.compile(rf"{SCRIPTS}-([0-9a-f]{{{DIGITS}}})/")
_IMPORTED = re.compile(r'^import [^;]*?"(\.[^"]+)";', re.MULTILINE)


def asset(name: str) -> str:
    """The address of a static file: asset("css/app.css"), asset("js/app.js")."""
    folder = _folder()
    path = folder / name
    if name.startswith(f"{SCRIPTS}/"):
        versioned = f"{SCRIPTS}-{_digest_of_scripts(folder / SCRIPTS)}"
        return url_for("static", filename=name.replace(SCRIPTS, versioned, 1))
    return url_for("static", filename=name, v=_digest(path))


def imports(name: str) -> list[str]:
    """The scripts that a script imports, directly or not, for the page to ask for at once: a slow
    line then does not wait for one to learn of the next.
    """
    folder = _folder()
    paths = _imports(folder / name)
    return [str(path.relative_to(folder)) for path in paths]


def unversioned(name: str) -> str:
    """The file that is meant by the name in an address. A script of another release is not found:
    it must not run together with those of this one.
    """
    versioned = _VERSIONED.match(name)
    if versioned is None:
        return name
    if versioned[1] != _digest_of_scripts(_folder() / SCRIPTS):
        raise NotFound
    return f"{SCRIPTS}/{name[versioned.end() :]}"


def _folder() -> Path:
    return Path(current_app.static_folder or "")


@cache
def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:DIGITS]


@cache
def _digest_of_scripts(folder: Path) -> str:
    whole = hashlib.sha256()
    for path in sorted(folder.rglob("*.js")):
        whole.update(f"{path.relative_to(folder)}\0".encode())
        whole.update(path.read_bytes())
    return whole.hexdigest()[:DIGITS]


@cache
def _imports(path: Path) -> tuple[Path, ...]:
    reached = {path}
    waiting = [path]
    while waiting:
        importer = waiting.pop()
        for relative in _IMPORTED.findall(importer.read_text(encoding="utf-8")):
            imported = (importer.parent / relative).resolve()
            if imported not in reached:
                reached.add(imported)
                waiting.append(imported)
    return tuple(sorted(reached - {path}))
