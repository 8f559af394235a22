"""What every page asks again and again is answered in one place: whole numbers, versions, refused
verbs.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.guards.sources import ROOT, files, lines_with, text_of

PROGRAM = files("pledge_app", ".py")
VERSIONS = "pledge_app/kernel/versions.py"


def _functions() -> Iterator[tuple[str, ast.AST]]:
    for path in PROGRAM:
        name = str(path.relative_to(ROOT))
        for node in ast.walk(ast.parse(text_of(path))):
            if isinstance(node, ast.FunctionDef | ast.Lambda):
                yield f"{name}:{node.lineno}", node


def _calls(tree: ast.AST, name: str) -> bool:
    calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return any(
        (isinstance(call, ast.Name) and call.id == name)
        or (isinstance(call, ast.Attribute) and call.attr == name)
        for call in calls
    )


def test_a_whole_number_is_read_by_one_function() -> None:
    readers = {
        place.partition(":")[0]
        for place, tree in _functions()
        if _calls(tree, "isascii") and _calls(tree, "int")
    }
    assert readers == {"pledge_app/kernel/numbers.py"}


def test_the_version_of_a_form_is_asked_for_by_one_function() -> None:
    asked = lines_with(r"""(get\(|form\[)["']ver["']|\.ver\.(data|raw_data) (==|!=)""", PROGRAM)
    assert {line.partition(":")[0] for line in asked} == {
        "pledge_app/pledges/entry_views.py",  # two pages save rows by themselves, in JSON
        "pledge_app/progress/autosave_views.py",
        "pledge_app/ui/forms.py",
    }


def test_who_came_too_late_reads_one_sentence() -> None:
    assert {line.partition(":")[0] for line in lines_with("vừa được người khác", PROGRAM)} == {
        VERSIONS
    }


def test_a_refused_verb_is_answered_in_one_place() -> None:
    """A view that catches by itself would return, and so commit what the verb began."""
    catching = lines_with(
        r"except .*\b(DomainError|Forbidden|Conflict|NotFound|Busy|Damaged)\b",
        [path for path in PROGRAM if path.name.endswith("views.py")],
    )
    assert not catching
