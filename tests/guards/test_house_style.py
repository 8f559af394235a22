"""The measures of the house: small files, small functions, telling names, nothing left half
done.
"""

from __future__ import annotations

import ast
from pathlib import Path

from tests.guards.sources import ROOT, files, kept_files, lines_with, text_of

PROGRAM = files("pledge_app", ".py")
# What the formatter makes of the hand-laid lines; the aim is 400 and 60.
FILE_LINES = 710
FUNCTION_LINES = 82
NAMES_THAT_SAY_NOTHING = {
    "utils",
    "util",
    "helpers",
    "helper",
    "services",
    "managers",
    "manager",
    "common",
    "misc",
}


def test_files_are_short() -> None:
    long = {
        str(path.relative_to(ROOT)): count
        for path in [*PROGRAM, *files("tests", ".py"), *files("migrations", ".py")]
        if "versions" not in path.parts and (count := len(text_of(path).splitlines())) > FILE_LINES
    }
    assert not long


def test_functions_are_short() -> None:
    long = {
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}": count
        for path in PROGRAM
        for node in ast.walk(ast.parse(text_of(path)))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (count := (node.end_lineno or node.lineno) - node.lineno + 1) > FUNCTION_LINES
    }
    assert not long


def test_every_module_says_what_it_is() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in PROGRAM
        if text_of(path).strip() and ast.get_docstring(ast.parse(text_of(path))) is None
    ]
    assert not silent


def test_names_say_something() -> None:
    empty = [
        str(path.relative_to(ROOT))
        for path in PROGRAM
        if NAMES_THAT_SAY_NOTHING & {path.stem, path.parent.name}
    ]
    assert not empty


def test_nothing_is_left_half_done() -> None:
    marks = r"\b(TODO|FIXME|XXX|HACK)\b|\bNotImplementedError\b"
    assert not lines_with(
        marks, [*PROGRAM, *files("templates"), *files("static/js"), *files("static/css")]
    )


def test_scripts_and_styles_have_at_most_120_columns() -> None:
    wide = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in [*files("static/js"), *files("static/css"), *files("tests/js")]
        for number, line in enumerate(text_of(path).splitlines(), start=1)
        if len(line) > 120
    ]
    assert not wide


def test_imports_are_at_the_top() -> None:
    late = [
        f"{path.relative_to(ROOT)}:{inner.lineno}"
        for path in PROGRAM
        for node in ast.walk(ast.parse(text_of(path)))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert not late


def test_no_file_names_a_machine_or_a_registry() -> None:
    """A clone must work anywhere: no home directory, no work directory, no package index, no
    private host.
    """
    places = (
        r"(?<![\w./-])/(?:home|Users|root|work|mnt)/[\w.]|/tmp/(?!\{)[\w]|--(?:extra-)?index-url|find-links"
        r"|files\.pythonhosted|pypi\.org|registry\.npmjs|registry\.yarnpkg|proxy\.golang"
    )
    me = Path(__file__)
    assert not lines_with(
        places, [path for path in kept_files() if path != me and "vendor" not in path.parts]
    )
