"""The measures of the house: small files, small functions, telling names, nothing left half
done.
"""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path

from tests.guards.sources import ROOT, files, kept_files, lines_with, text_of
from tests.tools import measures

PROGRAM = measures.program_files()
STYLE = tomllib.loads((Path(__file__).parent / "house_style.toml").read_text(encoding="utf-8"))
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
    migrations = [path for path in files("migrations", ".py") if "versions" not in path.parts]
    every = [*PROGRAM, *measures.files_of_tests(), *migrations]
    assert not measures.long_files(every, STYLE["file_lines"])


def test_functions_are_short() -> None:
    """Those of the tests as well, and what furnishes them."""
    every = [*PROGRAM, *measures.files_of_tests()]
    assert not measures.long_functions(every, STYLE["function_lines"])


def test_a_code_line_holds_one_thought() -> None:
    density = measures.size_of(PROGRAM).density
    assert density <= STYLE["tokens_a_line"], f"{density:.2f} tokens a code line"


def test_values_have_types() -> None:
    count = measures.any_count(PROGRAM)
    assert count <= STYLE["any"], f"{count} times Any"


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
    tests = [path for path in measures.files_of_tests() if path != Path(__file__)]
    pages = [*files("templates"), *files("static/js"), *files("static/css")]
    assert not lines_with(marks, [*PROGRAM, *tests, *pages])


def test_scripts_styles_and_pages_have_at_most_120_columns() -> None:
    """The papers' templates are kept as they were frozen."""
    pages = [path for path in files("templates", ".html") if "papers" not in path.parts]
    wide = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in [*files("static/js"), *files("static/css"), *files("tests/js"), *pages]
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
