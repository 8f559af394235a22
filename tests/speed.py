"""Work that every test's application would do again, done once a run: a third of the suite's time.

Nothing here changes what is tested: the same addresses and the same templates give the same result.
"""

from __future__ import annotations

import gc
from functools import cache
from pathlib import Path
from types import MethodType
from typing import Any

from jinja2 import FileSystemBytecodeCache
from sqlalchemy import Engine
from werkzeug.routing import Rule

from pledge_app.application import ROOT

_compile = Rule.compile
_compiled: dict[tuple[Any, ...], dict[str, Any]] = {}
_engines: dict[str, Engine] = {}


@cache
def templates() -> FileSystemBytecodeCache:
    """Compiled templates, shared by the workers of a run; a changed template is compiled anew."""
    folder = ROOT / ".cache" / "templates"
    Path(folder).mkdir(parents=True, exist_ok=True)
    return FileSystemBytecodeCache(str(folder))


def leave_what_is_loaded() -> None:
    """What was loaded before the first test stays until the end: the collector need not walk it
    again and again.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def remember_statements(engine: Engine) -> None:
    """Every database has the same tables: SQLAlchemy writes each statement once for all engines
    of a kind.
    """
    first = _engines.setdefault(engine.dialect.name, engine)
    engine.dialect, engine._compiled_cache = first.dialect, first._compiled_cache


def remember_addresses() -> None:
    """Every application has the same addresses: werkzeug compiles each of them once."""
    Rule.compile = _compile_once  # type: ignore[method-assign, assignment]


def _compile_once(rule: Rule) -> None:
    key = (
        rule.rule,
        rule.subdomain,
        rule.host,
        rule.endpoint,
        repr(rule.defaults),
        tuple(sorted(rule.methods or ())),
        rule.strict_slashes,
        rule.merge_slashes,
        rule.build_only,
        rule.websocket,
    )
    if key not in _compiled:
        before = dict(rule.__dict__)
        _compile(rule)
        _compiled[key] = {
            name: value
            for name, value in rule.__dict__.items()
            if before.get(name, key) is not value
        }
    for name, value in _compiled[key].items():
        rule.__dict__[name] = (
            MethodType(value.__func__, rule) if isinstance(value, MethodType) else value
        )
