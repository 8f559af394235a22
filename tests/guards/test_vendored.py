"""What others wrote stands under static/vendor/ as they published it, with its version, its licence
and its hash; no page loads it from elsewhere.
"""

from __future__ import annotations

import hashlib
import re

from tests.guards.sources import ROOT, files, lines_with

VENDOR = ROOT / "static" / "vendor"


def test_every_vendored_script_is_the_one_that_its_readme_names() -> None:
    scripts = files("static/vendor", ".js")
    assert scripts
    for script in scripts:
        readme = (script.parent / "README").read_text(encoding="utf-8")
        version = re.search(r"-(\d+\.\d+\.\d+)\.min\.js$", script.name)
        assert version is not None and version[1] in readme
        assert hashlib.sha256(script.read_bytes()).hexdigest() in readme
        assert (script.parent / "LICENSE").is_file()


def test_pages_load_the_version_that_is_there() -> None:
    named = {
        found[1]
        for line in lines_with(r"asset\(['\"]vendor/", files("templates", ".html"))
        if (found := re.search(r"asset\(['\"](vendor/[^'\"]+)", line))
    }
    assert named == {
        str(path.relative_to(ROOT / "static")) for path in files("static/vendor", ".js")
    }


def test_what_is_renewed_never_evaluates_a_text() -> None:
    config = lines_with("htmx-config", files("templates", ".html"))
    assert len(config) == 1
    for option in ("allowEval", "allowScriptTags", "includeIndicatorStyles"):
        assert f'"{option}": false' in (ROOT / "templates/_parts/ui.html").read_text("utf-8")
    assert not lines_with(r"\shx-on|\shx-vals=['\"]js:|\shx-vars", files("templates", ".html"))
