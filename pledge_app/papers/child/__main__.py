"""The child's entrance: `python -m pledge_app.papers.child <module of the work>`."""

from __future__ import annotations

import sys
from importlib import import_module

from pledge_app.papers.child.process import main

work = import_module(sys.argv[1])
main(work.perform, work.CPU_SECONDS)
