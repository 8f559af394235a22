"""The child's entrance: `python -m pledge_app.child <module of the work>`.

`start.json` in the current directory names the modules that the work will import, and the trees
that may be read where this process has to confine itself (None: it was started confined).
"""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path

from pledge_app.child.confinement import confine
from pledge_app.child.process import main

start = json.loads(Path("start.json").read_text(encoding="utf-8"))
if start["readable"] is not None:
    for module in start["modules"]:
        import_module(module.partition(".")[0])  # found in a directory that cannot be read later
    confine(start["readable"], str(Path.cwd()))
work = import_module(sys.argv[1])
main(work.perform, work.CPU_SECONDS)
