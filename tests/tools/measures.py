"""The figures of the house: tokens a code line, `Any`, long files and functions, tests : code.

`python -m tests.tools.measures` prints them; tests/guards/test_house_style.py holds them.
"""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.guards.sources import ROOT, files, text_of

LAYOUT = frozenset(
    {
        tokenize.COMMENT,
        tokenize.NL,
        tokenize.NEWLINE,
        tokenize.INDENT,
        tokenize.DEDENT,
        tokenize.ENCODING,
        tokenize.ENDMARKER,
    }
)
DOCUMENTED = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Size:
    """Tokens without comments, docstrings, newlines and indents, and the lines that carry one."""

    tokens: int
    lines: int

    @property
    def density(self) -> float:
        """Tokens a code line."""
        return self.tokens / max(self.lines, 1)


def size_of(paths: Sequence[Path]) -> Size:
    """The size of some Python files together."""
    tokens = 0
    lines = 0
    for path in paths:
        carrying = set()
        for token in _code_tokens(text_of(path)):
            tokens += 1
            carrying.add(token.start[0])
        lines += len(carrying)
    return Size(tokens, lines)


def _code_tokens(source: str) -> Iterator[tokenize.TokenInfo]:
    docstrings = set(_docstring_places(source))
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type not in LAYOUT and token.start not in docstrings:
            yield token


def _docstring_places(source: str) -> Iterator[tuple[int, int]]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, DOCUMENTED) and ast.get_docstring(node, clean=False) is not None:
            yield node.body[0].lineno, node.body[0].col_offset


def any_count(paths: Sequence[Path]) -> int:
    """How often the type `Any` stands in them."""
    return sum(
        isinstance(node, ast.Name) and node.id == "Any"
        for path in paths
        for node in ast.walk(ast.parse(text_of(path)))
    )


def long_files(paths: Sequence[Path], limit: int) -> dict[str, int]:
    """Lines of each file that has more than `limit`."""
    lines = {str(path.relative_to(ROOT)): len(text_of(path).splitlines()) for path in paths}
    return {name: count for name, count in lines.items() if count > limit}


def long_functions(paths: Sequence[Path], limit: int) -> dict[str, int]:
    """Lines of each function that has more than `limit`, as "file function"."""
    found: dict[str, int] = {}
    for path in paths:
        for node in ast.walk(ast.parse(text_of(path))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                count = (node.end_lineno or node.lineno) - node.lineno + 1
                if count > limit:
                    found[f"{path.relative_to(ROOT)} {node.name}"] = count
    return found


def program_files() -> list[Path]:
    """Every Python file of the program."""
    return files("pledge_app", ".py")


def files_of_tests() -> list[Path]:
    """Every Python file of the tests."""
    return files("tests", ".py")


def sentence() -> str:
    """The line that a run of the guards ends with."""
    program = size_of(program_files())
    tests = size_of(files_of_tests())
    return (
        f"pledge_app: {program.lines} code lines, {program.density:.2f} tokens a line, "
        f"{any_count(program_files())} Any; tests: {tests.lines} code lines; "
        f"tests : code = {tests.tokens / program.tokens:.2f} by tokens, "
        f"{tests.lines / program.lines:.2f} by lines"
    )


if __name__ == "__main__":
    print(sentence())
